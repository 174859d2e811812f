//! What stands in a message pasted from a chat: numbers, a name, a firm, a place. Pure: the
//! text and the names of places in, what was found out. It only proposes; the officer sees
//! every field it fills.

use kernel::credit_code::normal_credit_code;
use kernel::text::{is_mobile, normal_phone};
use matters_rules::Salutation;

/// A county or township by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its code.
    pub code: String,
    /// Its official name.
    pub name: String,
    /// Code of the county it lies in, for a township.
    pub county: Option<String>,
}

/// What was found; empty where nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Telephone numbers, mobile ones first.
    pub phones: Vec<String>,
    /// A person's name or surname.
    pub name: String,
    /// What follows it when they are spoken to.
    pub salutation: Option<Salutation>,
    /// A firm.
    pub enterprise: String,
    /// Its credit code, if one with a right check character stands there.
    pub credit_code: String,
    /// Code of the county or township named.
    pub area: Option<String>,
    /// Where exactly, from the place's name on.
    pub address: String,
}

/// Takes a message apart.
pub fn split(message: &str, places: &[Place]) -> Found {
    let text = half_width(message);
    let phones = phones(&text);
    let (name, salutation) = name(&text);
    let (area, address) = place(&text, places);
    Found {
        name,
        salutation,
        enterprise: enterprise(&text),
        credit_code: credit_code(&text),
        area,
        address,
        phones,
    }
}

/// Digits, letters and brackets as a keyboard types them; length in characters stays.
fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' if c.is_alphanumeric() || "－＋（）：".contains(c) => {
            char::from_u32(c as u32 - 0xfee0).unwrap_or(c)
        }
        _ => c,
    };
    text.chars().map(narrow).collect()
}

/// Runs of digits, with the dashes and spaces people write inside, that are telephone numbers.
/// Longer runs (accounts, identity numbers) and shorter ones (prices, hotlines) are not.
fn phones(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for run in text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | ' ' | '+'))) {
        for part in run.split("  ").flat_map(numbers_of) {
            if !found.contains(&part) {
                found.push(part);
            }
        }
    }
    found.sort_by_key(|phone| !is_mobile(phone));
    found
}

/// The numbers of one run: all of it, or what is left between its spaces.
fn numbers_of(run: &str) -> Vec<String> {
    let whole = |run: &str| normal_phone(run).filter(|digits| is_mobile(digits) || is_landline(digits));
    match whole(run) {
        Some(number) => vec![number],
        None => run.split(' ').filter_map(whole).collect(),
    }
}

/// With its area code: 3 or 4 digits from 0 on, then 7 or 8.
fn is_landline(digits: &str) -> bool {
    digits.starts_with('0') && !digits.starts_with("00") && (10..=12).contains(&digits.len())
}

fn credit_code(text: &str) -> String {
    text.split(|c: char| !c.is_ascii_alphanumeric()).find_map(normal_credit_code).unwrap_or_default()
}

/// Words behind which a name stands when a form or a habit names the field.
const NAME_LABELS: [&str; 8] = ["联系人", "诉求人", "反映人", "姓名", "称呼", "我叫", "本人叫", "我姓"];
/// What follows a name when someone is spoken to.
const TITLES: [(&str, Option<Salutation>); 9] = [
    ("先生", Some(Salutation::Mr)),
    ("女士", Some(Salutation::Ms)),
    ("小姐", Some(Salutation::Ms)),
    ("经理", None),
    ("老板", None),
    ("师傅", None),
    ("厂长", None),
    ("主任", None),
    ("总", None),
];
/// The usual surnames: with one of them two or three characters beside a number are a name.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖欧阳聂";

fn name(text: &str) -> (String, Option<Salutation>) {
    labelled_name(text).or_else(|| titled_name(text)).or_else(|| name_beside_number(text)).unwrap_or_default()
}

fn labelled_name(text: &str) -> Option<(String, Option<Salutation>)> {
    NAME_LABELS.iter().find_map(|label| {
        let (_, after) = text.split_once(label)?;
        let after = after.trim_start_matches([':', '：', ' ', '\t', '是', '为']);
        let said: String = after.chars().take_while(|c| is_han(*c)).take(8).collect();
        let (name, salutation) = without_title(&said);
        begins_with_surname(&name).then(|| (name.chars().take(4).collect(), salutation))
    })
}

fn titled_name(text: &str) -> Option<(String, Option<Salutation>)> {
    let all: Vec<char> = text.chars().collect();
    TITLES.iter().find_map(|(title, salutation)| {
        let title: Vec<char> = title.chars().collect();
        let at = all.windows(title.len()).position(|window| window == title)?;
        // The nearest surname within three characters before it.
        let start = (at.saturating_sub(3)..at)
            .rev()
            .find(|n| is_surname(all[*n]) && all[*n..at].iter().all(|c| is_han(*c)))?;
        Some((all[start..at].iter().collect(), *salutation))
    })
}

/// `张三 138…`, or the other way round.
fn name_beside_number(text: &str) -> Option<(String, Option<Salutation>)> {
    let parts: Vec<&str> = text.split(|c: char| c.is_whitespace() || ",，;；:。、".contains(c)).collect();
    parts.windows(2).find_map(|pair| {
        let (name, number) = if pair[0].contains(|c: char| c.is_ascii_digit()) {
            (pair[1], pair[0])
        } else {
            (pair[0], pair[1])
        };
        let letters = name.chars().count();
        let named = (2..=3).contains(&letters) && name.chars().all(is_han) && begins_with_surname(name);
        (named && !phones(number).is_empty()).then(|| (name.to_owned(), None))
    })
}

fn without_title(said: &str) -> (String, Option<Salutation>) {
    for (title, salutation) in TITLES {
        if let Some((name, _)) = said.split_once(title) {
            return (name.to_owned(), salutation);
        }
    }
    (said.to_owned(), None)
}

fn begins_with_surname(name: &str) -> bool {
    name.chars().next().is_some_and(is_surname)
}

fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

/// How the names of firms end, longer endings first.
const ENDINGS: [&str; 16] = [
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "专业合作社",
    "合作社",
    "经营部",
    "养殖场",
    "工作室",
    "加油站",
    "商行",
    "商贸",
    "超市",
    "酒店",
    "公司",
    "厂",
    "店",
];
/// What may stand before a firm's name without being part of it.
const BEFORE: [&str; 20] = [
    "我们是",
    "我是",
    "这里是",
    "本人在",
    "公司名称",
    "企业名称",
    "单位名称",
    "我们",
    "我司",
    "位于",
    "企业",
    "单位",
    "来自",
    "名称",
    "你好",
    "您好",
    "是",
    "在",
    "叫",
    "的",
];
/// Firms that are complained about rather than complain.
const SUPPLIERS: [&str; 8] = ["供电", "自来水", "供水", "燃气", "电力", "物业", "保险", "移动"];

fn enterprise(text: &str) -> String {
    let clauses = text.split(|c: char| !(is_han(c) || c.is_ascii_alphanumeric() || "()（）·".contains(c)));
    let mut best = String::new();
    for clause in clauses {
        let Some(name) = ENDINGS.iter().find_map(|ending| firm_in(clause, ending)) else { continue };
        let supplier = SUPPLIERS.iter().any(|word| name.contains(word));
        if !supplier && name.chars().count() > best.chars().count() {
            best = name;
        }
    }
    best
}

/// The name that ends so within one clause.
fn firm_in(clause: &str, ending: &str) -> Option<String> {
    let end = clause.find(ending)?;
    let mut name = &clause[..end];
    for word in BEFORE {
        if let Some(at) = name.rfind(word) {
            // A word for "at" or "is" in the middle of a name (在水一方) costs less than a
            // sentence taken for a name.
            name = &name[at + word.len()..];
        }
    }
    let letters = name.chars().count();
    // "厂" and "店" alone end many words that name no firm.
    let least = if ending.chars().count() == 1 { 4 } else { 2 };
    ((least..=28).contains(&letters)).then(|| format!("{name}{ending}"))
}

/// The most precise place whose name stands in the text, and the words from there on. A
/// township whose name several counties have counts only where its county is named too.
fn place(text: &str, places: &[Place]) -> (Option<String>, String) {
    let named = |place: &&Place| text.contains(short(&place.name)) && short(&place.name).chars().count() >= 2;
    let county = places
        .iter()
        .filter(|place| place.county.is_none())
        .filter(named)
        .max_by_key(|place| place.name.len());
    let townships: Vec<&Place> = places
        .iter()
        .filter(|place| place.county.is_some() && text.contains(&place.name))
        .filter(|place| county.is_none_or(|county| place.county.as_ref() == Some(&county.code)))
        .collect();
    let township = match townships.as_slice() {
        [one] => Some(*one),
        several => several.iter().copied().find(|place| county.is_some() && place.county.is_some()),
    };
    let Some(found) = township.or(county) else { return (None, String::new()) };
    // A firm may carry the place's name; the address is where words of one follow it.
    let names = [county.map_or(found.name.as_str(), |county| short(&county.name)), &found.name];
    let address = names
        .iter()
        .flat_map(|name| text.match_indices(*name))
        .map(|(at, _)| address_of(&clause(&text[at..])))
        .find(|address| !address.is_empty());
    (Some(found.code.clone()), address.unwrap_or_default())
}

/// Up to the next mark, within reason.
fn clause(text: &str) -> String {
    text.chars().take_while(|c| is_han(*c) || c.is_ascii_alphanumeric() || *c == '-').take(40).collect()
}

/// As far as an address goes: to the last word that ends one.
fn address_of(words: &str) -> String {
    const ENDS: [&str; 12] = ["号", "栋", "楼", "村", "组", "路口", "路", "街", "园", "社区", "大道", "巷"];
    let end = ENDS.iter().filter_map(|word| words.rfind(word).map(|at| at + word.len())).max();
    end.map_or_else(String::new, |end| words[..end].to_owned())
}

/// A county as people say it: without 县, 市 or 区 where enough is left.
fn short(name: &str) -> &str {
    let without = name.trim_end_matches(['县', '市', '区']);
    if without.chars().count() >= 2 { without } else { name }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Vec<Place> {
        let place = |code: &str, name: &str, county: Option<&str>| Place {
            code: code.into(),
            name: name.into(),
            county: county.map(str::to_owned),
        };
        vec![
            place("1", "丙丁县", None),
            place("2", "戊己市", None),
            place("11", "石桥镇", Some("1")),
            place("21", "石桥镇", Some("2")),
            place("22", "新河乡", Some("2")),
        ]
    }

    #[test]
    fn a_message_with_labels_is_taken_apart() {
        let code = kernel::credit_code::check_character("91999999MA0000001").expect("sound");
        let message = format!(
            "单位名称：丙丁县晨光打印机械有限公司\n信用代码 91999999MA0000001{code}\n联系人：李经理\n电话：１３８-００００-１２３４\n\
             地址：丙丁县石桥镇工业路8号，变压器容量不够，四月就交了申请。"
        );
        let found = split(&message, &places());
        assert_eq!(found.phones, ["13800001234"]);
        assert_eq!(found.name, "李");
        assert_eq!(found.enterprise, "丙丁县晨光打印机械有限公司");
        assert_eq!(found.credit_code.len(), 18);
        assert_eq!(found.area.as_deref(), Some("11"));
        assert_eq!(found.address, "丙丁县石桥镇工业路8号");
    }

    #[test]
    fn a_message_as_people_type_it_is_taken_apart() {
        let found =
            split("你好我是戊己新河乡绿叶茶叶专业合作社的，周女士 13900005678，冷库停电三天了", &places());
        assert_eq!(found.phones, ["13900005678"]);
        assert_eq!((found.name.as_str(), found.salutation), ("周", Some(Salutation::Ms)));
        assert_eq!(found.area.as_deref(), Some("22"));
        assert!(found.enterprise.ends_with("绿叶茶叶专业合作社"), "{}", found.enterprise);
        let found = split("张小三 13800001234\n工资没发", &places());
        assert_eq!((found.name.as_str(), found.phones.len()), ("张小三", 1));
    }

    #[test]
    fn numbers_that_are_no_telephones_stay_where_they_are() {
        let message = "账号6222000000000000000，身份证430000199001010000，罚了20000元，12345打过，座机0738-8312345转2，手机 138 0000 1234";
        assert_eq!(split(message, &[]).phones, ["13800001234", "07388312345"]);
    }

    #[test]
    fn the_one_complained_about_is_not_the_one_complaining() {
        assert_eq!(split("县供电公司一直不来人", &[]).enterprise, "");
        assert_eq!(split("这家店不开门", &[]).enterprise, "");
    }

    #[test]
    fn a_name_two_counties_have_needs_its_county() {
        assert_eq!(split("石桥镇停水", &places()).area, None);
        assert_eq!(split("戊己市石桥镇停水", &places()).area.as_deref(), Some("21"));
        assert_eq!(split("丙丁停水", &places()).area.as_deref(), Some("1"));
    }

    #[test]
    fn anything_at_all_is_read() {
        for message in ["", "\u{0}\u{202e}", "总总总总", "我姓", "+86", "联系人：", "（（（公司"]
        {
            split(message, &places());
        }
    }

    /// The real texts at hand hold no numbers and are no messages: nothing may be made up.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "where the reference data are kept")]
    fn real_texts_give_no_numbers_and_no_sentences_for_names() {
        let Ok(folder) = std::env::var("TONGXIN_REFERENCE_DATA") else {
            eprintln!("skipped: TONGXIN_REFERENCE_DATA is not set");
            return;
        };
        let lines = std::fs::read_to_string(format!("{folder}/appeals_sample.jsonl")).expect("the sample");
        for line in lines.lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = row["text"].as_str().unwrap_or_default();
            let found = split(text, &places());
            assert!(found.name.chars().count() <= 4, "{}: {}", found.name, text);
            assert!(found.enterprise.chars().count() <= 34, "{}", found.enterprise);
        }
    }
}
