//! Appeals in the browser and over the API: portal, intake, dispatch, unit inbox, call-back.
