//! Word documents, unpacked and read back.

use std::io::{Cursor, Read};
use tongxin_print::docx::{Block, Line, Sheet, document};
use zip::ZipArchive;

fn part(bytes: &[u8], name: &str) -> String {
    let mut container = ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut text = String::new();
    container.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

/// The text of each paragraph, as a word processor would show it.
fn paragraphs(xml: &str) -> Vec<String> {
    let texts = |paragraph: &str| -> String {
        let runs = paragraph.split("<w:t xml:space=\"preserve\">").skip(1);
        runs.filter_map(|run| run.split("</w:t>").next()).collect()
    };
    xml.split("<w:p>").skip(1).map(texts).filter(|text| !text.is_empty()).collect()
}

fn sheet() -> Sheet {
    Sheet {
        title: "事项承办单".into(),
        number: "娄直通车交〔2022〕6020005号".into(),
        blocks: vec![
            Block::Address("市财政局：".into()),
            Block::Text("第一段。\n第二段 <a & b>\u{7}。".into()),
            Block::Table(vec![Line::new("标题", "路灯不亮"), Line::new("审签意见", "").with_room(3)]),
            Block::Signature(vec!["市营商环境直通车办公室".into(), "2022年6月2日".into()]),
            Block::Note("一式两份。".into()),
        ],
    }
}

#[test]
fn what_was_said_comes_back_in_order_and_escaped() {
    let bytes = document(&[sheet()], Some("演示数据")).expect("a document");
    let xml = part(&bytes, "word/document.xml");
    assert_eq!(
        paragraphs(&xml),
        [
            "事项承办单",
            "娄直通车交〔2022〕6020005号",
            "市财政局：",
            "第一段。",
            "第二段 &lt;a &amp; b&gt;。",
            "标题",
            "路灯不亮",
            "审签意见",
            "市营商环境直通车办公室",
            "2022年6月2日",
            "一式两份。",
        ]
    );
    assert_eq!(paragraphs(&part(&bytes, "word/header1.xml")), ["演示数据"]);
}

#[test]
fn the_page_is_laid_out_as_the_standard_says() {
    let xml = part(&document(&[sheet()], None).expect("a document"), "word/document.xml");
    assert!(xml.contains("w:w=\"11906\" w:h=\"16838\""), "A4");
    assert!(xml.contains("w:top=\"2098\"") && xml.contains("w:left=\"1587\""), "37 mm and 28 mm");
    let title = xml.split("事项承办单").next().expect("the title");
    assert!(title.contains("方正小标宋_GBK") && title.contains("w:sz w:val=\"44\""), "二号小标宋");
    let fonts = part(&document(&[], None).expect("a document"), "word/fontTable.xml");
    assert!(fonts.contains("w:name=\"仿宋_GB2312\"><w:altName w:val=\"仿宋;FangSong"));
}

#[test]
fn each_sheet_begins_a_page_and_the_same_sheets_give_the_same_bytes() {
    let two = document(&[sheet(), sheet()], None).expect("a document");
    let xml = part(&two, "word/document.xml");
    assert_eq!(xml.matches("<w:pageBreakBefore/>").count(), 1);
    assert_eq!(two, document(&[sheet(), sheet()], None).expect("a document"));
    assert!(paragraphs(&part(&two, "word/header1.xml")).is_empty(), "no mark without made-up data");
}
