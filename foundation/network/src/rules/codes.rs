//! The closed lists of the network, each with its stable code.

use kernel::codes;

codes! {
    /// What a unit is.
    UnitKind {
        /// 政府: the root of a city's or county's tree.
        Government = "government",
        /// 受理机构: receives appeals and dispatches them.
        IntakeOffice = "intake_office",
        /// 县级平台: a county's own dispatching platform.
        Platform = "platform",
        /// 部门
        Department = "department",
        /// 园区: a development zone; overlays areas.
        Zone = "zone",
        /// 乡镇、街道
        Township = "township",
        /// 国有林场: stands on the townships' level without being one.
        Farm = "farm",
        /// 村、社区
        Village = "village",
        /// 公用企业: power, water, gas, communications.
        Utility = "utility",
    }
}
