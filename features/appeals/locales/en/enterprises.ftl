# Enterprise accounts
desk-nav-enterprises = Enterprises
enterprises-title = Enterprise accounts
enterprises-lead = Whoever owns a verified address sees, by a code sent to it, all appeals the enterprise filed but for the confidential ones of others. Nothing is kept but name, telephone number and e-mail address.
enterprises-add = Verify an address
enterprises-add-lead = Verify first that the person belongs to the enterprise, and that it agrees to their seeing its appeals.
enterprises-search = Name or social credit code
enterprises-none = No enterprise has an account yet
enterprises-none-found = This enterprise has no account
enterprises-none-what = Verify an address here, or on an appeal's page once its contact data are open.
enterprises-more = The first { $n } are shown; type a name to find others.
enterprises-name = Enterprise
enterprises-code = Social credit code
enterprises-code-hint = 18 characters; the last one is checked.
enterprises-addresses = Addresses that hold
enterprises-person = Contact
enterprises-phone = Telephone
enterprises-email = E-mail address
enterprises-email-hint = One-time codes go to this address.
enterprises-basis = Verified by
enterprises-verify = Verified, add it
enterprises-holding = { $n ->
    [one] One address holds
   *[other] { $n } addresses hold
}
enterprises-holds = Holds
enterprises-revoked = Taken back
enterprises-erased = (personal data erased)
enterprises-verified-by = verified by { $post }
enterprises-revoked-by = taken back by { $post }
enterprises-used = Last used { $at }
enterprises-unused = Not used yet
enterprises-reason = Reason
enterprises-revoke = Take this address back
enterprises-from-matter = Verify this e-mail address for the enterprise's account
enterprises-from-matter-hint = By a code sent to it, this contact then sees all appeals filed by “{ $enterprise }”, but for the confidential ones of others.
flash-enterprise-verified = The address is verified.
flash-enterprise-revoked = The address is taken back, from now on.
