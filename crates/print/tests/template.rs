//! Templates from outside: what is refused, what is said to be wrong, what they become.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use tongxin_print::docx::template::{Outlined, Place, Template, Unsound, Values, Vocabulary, Wrong};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        out.start_file(*name, SimpleFileOptions::default()).expect("begun");
        out.write_all(bytes).expect("written");
    }
    out.finish().expect("a package").into_inner()
}

fn document(body: &str) -> Vec<u8> {
    with(body, &[])
}

fn with(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", xml.as_bytes())];
    parts.extend(others.iter().map(|(name, text)| (*name, text.as_bytes())));
    package(&parts)
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>")
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| format!("<w:tc>{}</w:tc>", p(text))).collect();
    format!("<w:tr>{cells}</w:tr>")
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a container");
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

fn vocabulary() -> Vocabulary {
    Vocabulary {
        names: ["received", "open", "period"].map(str::to_owned).into(),
        texts: ["body".to_owned()].into(),
        lists: [
            ("units".to_owned(), ["name", "assignments"].map(str::to_owned).into()),
            ("areas".to_owned(), ["name".to_owned()].into()),
        ]
        .into(),
        labels: [("收到".to_owned(), "received".to_owned())].into(),
    }
}

fn values() -> Values {
    let unit = |name: &str, n: &str| {
        BTreeMap::from([("name".to_owned(), name.to_owned()), ("assignments".to_owned(), n.to_owned())])
    };
    Values {
        names: [("received".to_owned(), "12".to_owned()), ("period".to_owned(), "2026年11月".to_owned())]
            .into(),
        texts: [("body".to_owned(), vec!["第一段 <甲>".to_owned(), "第二段".to_owned()])].into(),
        lists: [
            ("units".to_owned(), vec![unit("市财政局", "3"), unit("市住建局", "5")]),
            ("areas".to_owned(), Vec::new()),
        ]
        .into(),
    }
}

#[test]
fn a_name_cut_into_runs_is_filled_in_where_it_begins() {
    let body = "<w:p><w:r><w:t>共{rec</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t>eived</w:t></w:r>\
                <w:r><w:t xml:space=\"preserve\">} 件 &amp; 在办{open}</w:t></w:r></w:p>";
    let template = Template::open(&document(body)).expect("sound");
    assert_eq!(template.problems(&vocabulary()), []);
    let filled = part(&template.fill(&values(), None).expect("filled"), "word/document.xml");
    assert!(filled.contains("<w:t>共12</w:t></w:r><w:proofErr/>"), "{filled}");
    assert!(filled.contains("<w:rPr><w:b/></w:rPr><w:t></w:t>"), "looks stay: {filled}");
    assert!(filled.contains(" 件 &amp; 在办{open}"), "one without a value stays as written: {filled}");
}

#[test]
fn a_row_is_repeated_and_a_paragraph_becomes_several() {
    let table = format!(
        "<w:tbl>{}{}</w:tbl><w:tbl>{}</w:tbl>",
        row(&["单位", "件次"]),
        row(&["{units.name}", "{{ units.assignments }}"]),
        row(&["{areas.name}"])
    );
    let body = format!("{}{}{table}", p("{period}"), p("{body}"));
    let bytes = with(&body, &[("word/header1.xml", &format!("<w:hdr>{}</w:hdr>", p("共{received}件")))]);
    let template = Template::open(&bytes).expect("sound");
    assert_eq!(template.problems(&vocabulary()), []);
    let filled = template.fill(&values(), Some("演示数据")).expect("filled");
    let text = part(&filled, "word/document.xml");
    assert!(
        text.contains("<w:body><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>演示数据"),
        "{text}"
    );
    assert_eq!(text.matches("<w:tr>").count(), 4, "{text}");
    assert!(text.contains(&row(&["市住建局", "5"])) && text.contains(&p("第一段 &lt;甲&gt;")), "{text}");
    assert!(text.contains(&row(&["—"])), "an empty list leaves a row: {text}");
    assert!(part(&filled, "word/header1.xml").contains("共12件"));
    let table = |rows: &[&[&str]]| {
        Outlined::Table(rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect())
    };
    assert_eq!(
        template.outline(&values()),
        [
            Outlined::Text("2026年11月".into()),
            Outlined::Text("第一段 <甲>".into()),
            Outlined::Text("第二段".into()),
            table(&[&["单位", "件次"], &["市财政局", "3"], &["市住建局", "5"]]),
            table(&[&["—"]]),
        ]
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_what_was_meant() {
    let table = format!("<w:tbl>{}</w:tbl>", row(&["{units.name}", "{areas.name}"]));
    let body = [
        p("月报"),
        p(""),
        p("共{recieved}件，{收到}件"),
        p("以下{body}"),
        p("未完{open"),
        p("{units.name}"),
        p("{whatever}"),
        table,
    ];
    let template = Template::open(&document(&body.concat())).expect("sound");
    let found = template.problems(&vocabulary());
    let told: Vec<_> = found.iter().map(|one| (one.place, one.name.as_str(), one.wrong.clone())).collect();
    let meant = |name: &str| Wrong::Unknown(Some(name.to_owned()));
    assert_eq!(
        told,
        [
            (Place::Paragraph(2), "recieved", meant("received")),
            (Place::Paragraph(2), "收到", meant("received")),
            (Place::Paragraph(3), "body", Wrong::NotAlone),
            (Place::Paragraph(4), "open", Wrong::Unclosed),
            (Place::Paragraph(5), "units.name", Wrong::NotInRow),
            (Place::Paragraph(6), "whatever", Wrong::Unknown(None)),
            (Place::Table(1, 1), "units.name", Wrong::TwoLists),
        ]
    );
    assert_eq!(found[0].excerpt, "共{recieved}件，{收到}件");
}

#[test]
fn what_could_do_more_than_hold_words_is_refused() {
    let open = |bytes: &[u8]| Template::open(bytes).err();
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r\" Type=\"http://schemas/{kind}\" Target=\"{target}\" \
             TargetMode=\"External\"/></Relationships>"
        )
    };
    let rels =
        |kind: &str, target: &str| with("", &[("word/_rels/document.xml.rels", &relation(kind, target))]);
    assert_eq!(open(b"\xd0\xcf\x11\xe0 old"), Some(Unsound::Old));
    assert_eq!(open(b"PK nothing"), Some(Unsound::Unreadable));
    assert_eq!(open(&package(&[("[Content_Types].xml", TYPES.as_bytes())])), Some(Unsound::Unreadable));
    assert_eq!(open(&with("", &[("word/vbaProject.bin", "x")])), Some(Unsound::Macros));
    let macros = package(&[
        ("[Content_Types].xml", b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"),
        ("word/document.xml", b"<w:document><w:body/></w:document>"),
    ]);
    assert_eq!(open(&macros), Some(Unsound::Macros));
    assert_eq!(
        open(&with("", &[("word/embeddings/a.bin", "x")])),
        Some(Unsound::Embedded("word/embeddings/a.bin".into()))
    );
    assert_eq!(
        open(&rels("attachedTemplate", "http://evil/a.dotm")),
        Some(Unsound::External("http://evil/a.dotm".into()))
    );
    assert_eq!(open(&rels("image", "\\\\evil\\a.png")), Some(Unsound::External("\\\\evil\\a.png".into())));
    assert_eq!(
        open(&rels("hyperlink", "file:///etc/passwd")),
        Some(Unsound::External("file:///etc/passwd".into()))
    );
    assert_eq!(open(&rels("hyperlink", "https://www.gov.cn/")), None, "a link is clicked by a person");
    let field = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> DDE</w:instrText>\
                 <w:instrText>AUTO c:\\x</w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    assert_eq!(open(&document(field)), Some(Unsound::External("DDEAUTO".into())));
    let page = "<w:p><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>";
    assert_eq!(open(&document(page)), None);
    assert_eq!(open(&with("", &[("word/../../x", "x")])), Some(Unsound::Unreadable));
}

#[test]
fn what_unpacks_to_more_than_a_report_is_refused() {
    let zeros = vec![b' '; 41 * 1024 * 1024];
    let bomb = package(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("word/document.xml", b"<w:document><w:body/></w:document>"),
        ("word/media/a.xml", &zeros),
    ]);
    assert!(bomb.len() < 1024 * 1024, "it looks small");
    assert_eq!(Template::open(&bomb).err(), Some(Unsound::Large));
    let names: Vec<String> = (0..401).map(|n| format!("a/{n}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(Template::open(&package(&parts)).err(), Some(Unsound::Large));
    let rows: Vec<BTreeMap<String, String>> = vec![[("name".to_owned(), "长".repeat(40_000))].into(); 500];
    let values = Values { lists: [("units".to_owned(), rows)].into(), ..Values::default() };
    let table = format!("<w:tbl>{}</w:tbl>", row(&["{units.name}"]));
    assert!(Template::open(&document(&table)).expect("sound").fill(&values, None).is_err());
}
