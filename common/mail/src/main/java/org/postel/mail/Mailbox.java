package org.postel.mail;

/**
 * An address a mail can go to or come from: RFC 5321 §2.3.11 and §4.1.2.
 *
 * @param localPart before the {@code @}
 * @param host      behind it
 */
public record Mailbox(LocalPart localPart, Host host) {

    /** Reads a mailbox that makes up the whole text, such as {@code alice@example.test}. */
    public static Mailbox parse(String text) throws AddressSyntaxException {
        AddressParser parser = new AddressParser(text);
        Mailbox mailbox = parser.mailbox();
        parser.expectEnd();
        return mailbox;
    }

    /** The form to compare and to look up among our own addresses; local parts of others are case-sensitive. */
    public String canonical() {
        return localPart.canonical() + '@' + host.canonical();
    }

    /** Whether it needs a transaction with SMTPUTF8: RFC 6531 §3.4. */
    public boolean international() {
        return localPart.international() || host instanceof Domain domain && domain.international();
    }

    /** Whether this is the mailbox of RFC 5321 §4.5.1, which every domain has. */
    public boolean postmaster() {
        return localPart.canonical().equals("postmaster");
    }

    /** As on the wire, without angle brackets. */
    @Override
    public String toString() {
        return localPart + "@" + host;
    }
}
