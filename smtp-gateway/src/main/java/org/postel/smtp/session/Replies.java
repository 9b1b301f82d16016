package org.postel.smtp.session;

import java.util.ArrayList;
import java.util.List;
import org.postel.smtp.syntax.Reply;

/** The texts of a session. Codes: RFC 5321 §4.3.2; statuses: RFC 3463 and the IANA registry of RFC 5248. */
public final class Replies {

    public static final Reply HELLO_FIRST = Reply.of(503, "5.5.1", "Send HELO or EHLO first");
    // RFC 2033 §4.1
    static final Reply LMTP_ONLY = Reply.of(500, "5.5.1", "This is LMTP: send LHLO");
    static final Reply NO_LMTP = Reply.of(500, "5.5.1", "This is SMTP: send EHLO");
    public static final Reply SENDER_OK = Reply.of(250, "2.1.0", "Sender ok");
    public static final Reply RECIPIENT_OK = Reply.of(250, "2.1.5", "Recipient ok");
    public static final Reply NESTED_MAIL = Reply.of(503, "5.5.1", "A transaction is open; RSET ends it");
    public static final Reply MAIL_FIRST = Reply.of(503, "5.5.1", "Send MAIL first");
    public static final Reply NO_RECIPIENT = Reply.of(503, "5.5.1", "No recipient was accepted");
    public static final Reply CHUNKS_ONLY = Reply.of(503, "5.5.1", "Content has begun; send BDAT or RSET");
    public static final Reply BINARY_NEEDS_CHUNKS = Reply.of(503, "5.5.1", "Binary content comes with BDAT");
    public static final Reply NOT_OUTSIDE_TRANSACTION = Reply.of(503, "5.5.1", "Not within a transaction");
    public static final Reply AUTH_FIRST = Reply.of(530, "5.7.0", "Authentication required");
    // RFC 3207 §4
    public static final Reply TLS_FIRST = Reply.of(530, "5.7.0", "Send STARTTLS first");
    public static final Reply AUTH_TWICE = Reply.of(503, "5.5.1", "Already authenticated");
    public static final Reply AUTH_NEEDS_TLS = Reply.of(538, "5.7.11", "Encryption required: send STARTTLS first");
    public static final Reply AUTH_NEEDS_EHLO = Reply.of(503, "5.5.1", "Send EHLO first");
    public static final Reply NO_AUTH_HERE = Reply.of(502, "5.5.1", "No authentication on this port");
    public static final Reply TLS_ALREADY = Reply.of(503, "5.5.1", "TLS is on");
    public static final Reply TLS_NOT_OFFERED = Reply.of(502, "5.5.1", "TLS is not offered");
    public static final Reply TLS_AFTER_AUTH = Reply.of(503, "5.5.1", "Too late for STARTTLS");
    public static final Reply TLS_GO_AHEAD = Reply.of(220, "2.0.0", "Ready to start TLS");
    public static final Reply CONTENT_GO_AHEAD = Reply.plain(354, "End with <CR><LF>.<CR><LF>");
    public static final Reply RESET = Reply.of(250, "2.0.0", "Reset");
    public static final Reply NOTHING_DONE = Reply.of(250, "2.0.0", "Done nothing");
    public static final Reply CANNOT_VERIFY = Reply.of(252, "2.5.2", "Cannot verify; send the mail and see");
    public static final Reply NO_EXPANSION = Reply.of(502, "5.5.1", "Lists are not shown");
    public static final Reply NO_ETRN = Reply.of(502, "5.5.1", "ETRN is not offered: mail is sent as soon as its server takes it");
    public static final Reply HELP = new Reply(214, "2.0.0",
        List.of("EHLO HELO MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT STARTTLS AUTH", "See RFC 5321"));
    public static final Reply BYE = Reply.of(221, "2.0.0", "Bye");
    public static final Reply TOO_LARGE = Reply.of(552, "5.3.4", "Message is larger than this server takes");
    public static final Reply TOO_MANY_RECIPIENTS = Reply.of(452, "4.5.3", "Too many recipients; send the rest in another transaction");
    public static final Reply RECIPIENT_NEEDS_SMTPUTF8 = Reply.of(553, "5.6.7", "Recipient address needs SMTPUTF8");
    // RFC 8689 §2
    public static final Reply REQUIRETLS_NEEDS_TLS = Reply.of(530, "5.7.10", "REQUIRETLS needs TLS: send STARTTLS first");
    public static final Reply PARAMETERS_NEED_EHLO = Reply.of(501, "5.5.4", "Parameters need EHLO");

    private Replies() {
    }

    /** What EHLO offers now: RFC 5321 §4.1.1.1. */
    static Reply ehlo(Terms terms, Login login) {
        List<String> lines = new ArrayList<>(List.of(terms.hostname() + " greets you", "PIPELINING", "SIZE " + terms.maxSize(),
            "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "DSN", "CHUNKING", "BINARYMIME"));
        // RFC 9422 §4. Neither mails in a session nor domains in a mail are limited.
        lines.add("LIMITS RCPTMAX=" + terms.maxRecipients());
        if (terms.tlsOffered() && !terms.tls()) {
            lines.add("STARTTLS");
        }
        // RFC 8689 §2: never in clear.
        if (terms.tls()) {
            lines.add("REQUIRETLS");
        }
        if (terms.authOffered() && login instanceof Login.Anonymous) {
            lines.add("AUTH " + String.join(" ", terms.mechanisms()));
        }
        return new Reply(250, "", lines);
    }
}
