//! The steps of filing, in order: one question a page, the check at the end.

/// A page of the way; see [`Step::QUESTIONS`] for the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// 诉求类型
    Kind,
    /// Group of categories.
    Group,
    /// 诉求类别
    Category,
    /// 县市区
    County,
    /// 乡镇街道
    Township,
    /// 诉求内容
    Story,
    /// 照片和材料
    Files,
    /// 联系方式
    Contact,
    /// 核对提交
    Check,
}

impl Step {
    /// Every page that asks something, in order.
    pub const QUESTIONS: [Self; 8] = [
        Self::Kind,
        Self::Group,
        Self::Category,
        Self::County,
        Self::Township,
        Self::Story,
        Self::Files,
        Self::Contact,
    ];

    /// How many parts the way has as the reader is told: group and category are one part,
    /// county and township another.
    pub const PARTS: u32 = 7;

    /// Its address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Kind => "/appeals/new/type",
            Self::Group => "/appeals/new/category",
            Self::Category => "/appeals/new/category/item",
            Self::County => "/appeals/new/place",
            Self::Township => "/appeals/new/place/township",
            Self::Story => "/appeals/new/story",
            Self::Files => "/appeals/new/files",
            Self::Contact => "/appeals/new/contact",
            Self::Check => "/appeals/new/check",
        }
    }

    /// Key of its page's title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Kind => "portal-type-title",
            Self::Group => "portal-group-title",
            Self::Category => "portal-category-title",
            Self::County => "portal-county-title",
            Self::Township => "portal-township-title",
            Self::Story => "portal-story-title",
            Self::Files => "portal-files-title",
            Self::Contact => "portal-contact-title",
            Self::Check => "portal-check-title",
        }
    }

    /// Which part of the way it belongs to, from 1.
    pub fn part(self) -> u32 {
        match self {
            Self::Kind => 1,
            Self::Group | Self::Category => 2,
            Self::County | Self::Township => 3,
            Self::Story => 4,
            Self::Files => 5,
            Self::Contact => 6,
            Self::Check => 7,
        }
    }

    /// Where "back" leads.
    pub fn back(self) -> &'static str {
        match Self::QUESTIONS.iter().rev().find(|step| **step < self) {
            Some(step) => step.path(),
            None => "/",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_leads_back_to_the_one_before() {
        assert_eq!(Step::Kind.back(), "/");
        assert_eq!(Step::Group.back(), Step::Kind.path());
        assert_eq!(Step::Check.back(), Step::Contact.path());
        assert!(Step::QUESTIONS.is_sorted() && Step::QUESTIONS.iter().all(|step| *step < Step::Check));
        assert_eq!(Step::Check.part(), Step::PARTS);
    }
}
