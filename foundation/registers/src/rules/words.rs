//! The data rule: no register may hold what a person believes or what group they belong
//! to — religion, ethnicity, political belief, party membership (PRODUCT §6; Personal
//! Information Protection Law of the PRC, art. 28: sensitive personal information). Names of
//! posts and bodies that merely contain such a word are neutral and stay allowed.

use kernel::text::fold_for_search;

/// Words that make a name one of a forbidden kind, without spaces.
const FORBIDDEN: &[&str] = &[
    // religion
    "宗教",
    "信教",
    "教徒",
    "信徒",
    "教派",
    "教别",
    "信仰",
    "基督",
    "天主教",
    "佛教",
    "道教",
    "伊斯兰",
    "穆斯林",
    "教会",
    "神职",
    "皈依",
    "受洗",
    "朝觐",
    "religion",
    "religious",
    "faith",
    "church",
    "creed",
    "worship",
    "baptis",
    "muslim",
    "christian",
    "catholic",
    "buddhis",
    "taois",
    "islam",
    "zongjiao",
    "xinyang",
    // ethnicity
    "民族",
    "族别",
    "族裔",
    "族群",
    "种族",
    "少数族",
    "汉族",
    "回族",
    "苗族",
    "土家族",
    "侗族",
    "瑶族",
    "壮族",
    "维吾尔",
    "藏族",
    "蒙古族",
    "满族",
    "彝族",
    "ethnic",
    "race",
    "racial",
    "minzu",
    "zuqun",
    // political belief and party membership
    "政治面貌",
    "政治信仰",
    "政治立场",
    "政治倾向",
    "政治态度",
    "政治观点",
    "思想状况",
    "思想动态",
    "党员",
    "党派",
    "党籍",
    "党龄",
    "入党",
    "退党",
    "党外",
    "无党派",
    "团员",
    "入团",
    "民革",
    "民盟",
    "民建会员",
    "农工党",
    "致公党",
    "九三学社社员",
    "黨員",
    "黨派",
    "partymember",
    "partyaffiliation",
    "politicalaffiliation",
    "politicalbelief",
    "politicalstatus",
    "politicalview",
    "politicalstance",
    "politicalopinion",
    "ideolog",
    "zhengzhimianmao",
    "dangyuan",
    "dangpai",
];

/// Names of posts and bodies; what they contain says nothing about a person's belief.
const NEUTRAL: &[&str] = &[
    "民族宗教事务局",
    "民族宗教事务委员会",
    "民宗局",
    "宗教事务局",
    "民族事务委员会",
    "统战委员",
    "统战专干",
    "党委",
    "党组",
    "党支部",
    "党群服务中心",
    "中华民族",
    "民族路",
    "民族团结进步示范",
    "interface",
    "trace",
    "brace",
];

/// The forbidden word that a name holds, if it holds one. Spaces, dashes and full-width
/// letters hide nothing.
pub fn forbidden(name: &str) -> Option<&'static str> {
    let mut plain: String = fold_for_search(name).chars().filter(|c| c.is_alphanumeric()).collect();
    for neutral in NEUTRAL {
        plain = plain.replace(neutral, "·");
    }
    FORBIDDEN.iter().copied().find(|word| match word.is_ascii() {
        // "race" is a word, not a part of "terrace".
        true if word.len() <= 5 => whole_word(name, word),
        _ => plain.contains(word),
    })
}

fn whole_word(name: &str, word: &str) -> bool {
    fold_for_search(name).split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_believes_or_belongs_to_is_refused_however_it_is_spelt() {
        for name in [
            "宗教信仰",
            "民族",
            "族别",
            "政治面貌",
            "是否党员",
            "党派",
            "政 治 面 貌",
            "政治-面貌",
            "Religion",
            "religious belief",
            "Ethnic group",
            "race",
            "Party member",
            "party_affiliation",
            "political views",
            "zhengzhi_mianmao",
            "党外代表人士",
            "思想动态",
        ] {
            assert!(forbidden(name).is_some(), "{name}");
        }
    }

    #[test]
    fn neutral_names_of_posts_and_bodies_are_allowed() {
        for name in [
            "统战委员",
            "统战专干",
            "协理员",
            "信息员",
            "党委（党组）理论学习中心组",
            "市民族宗教事务局",
            "代表人士",
            "娄商",
            "商协会",
            "Terrace",
            "Trace number",
            "Place",
            "企业名称",
            "政策落实情况",
            "Interface",
        ] {
            assert_eq!(forbidden(name), None, "{name}");
        }
    }
}
