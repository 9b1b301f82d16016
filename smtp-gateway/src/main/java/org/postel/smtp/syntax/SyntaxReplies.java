package org.postel.smtp.syntax;

import org.postel.mail.AddressSyntaxException.Fault;

/** What a line gets that is no command. Texts for the person who reads a client's log. */
final class SyntaxReplies {

    static final Reply UNKNOWN_COMMAND = Reply.of(500, "5.5.2", "Command not recognized");
    static final Reply CONTROL_CHARACTER = Reply.of(501, "5.5.2", "Control characters have no place in a command");
    static final Reply NOT_UTF8 = Reply.of(501, "5.5.2", "Command is not valid UTF-8");
    static final Reply NO_CLIENT_NAME = Reply.of(501, "5.5.4", "A host name or an address literal must follow");
    static final Reply MAIL_SYNTAX = Reply.of(501, "5.5.4", "Syntax: MAIL FROM:<address> [parameters]");
    static final Reply RCPT_SYNTAX = Reply.of(501, "5.5.4", "Syntax: RCPT TO:<address> [parameters]");
    static final Reply BDAT_SYNTAX = Reply.of(501, "5.5.4", "Syntax: BDAT size [LAST]");
    static final Reply AUTH_SYNTAX = Reply.of(501, "5.5.4", "Syntax: AUTH mechanism [initial response]");
    static final Reply NO_ARGUMENT = Reply.of(501, "5.5.4", "This command takes no argument");
    static final Reply NEEDS_ARGUMENT = Reply.of(501, "5.5.4", "This command needs an argument");
    static final Reply BAD_PARAMETER = Reply.of(501, "5.5.4", "Parameter has no valid value, or stands twice");
    static final Reply UNKNOWN_PARAMETER = Reply.of(555, "5.5.4", "Parameter not recognized");
    // RFC 6531 §3.5 gives 5.6.7 with 553 for addresses.
    static final Reply SENDER_NEEDS_SMTPUTF8 = Reply.of(553, "5.6.7", "Sender address needs SMTPUTF8");

    private SyntaxReplies() {
    }

    static Reply badSender(Fault fault) {
        return switch (fault) {
            case SYNTAX -> Reply.of(501, "5.1.7", "Sender address has a syntax error");
            case TOO_LONG -> Reply.of(501, "5.1.7", "Sender address is too long");
            case FORBIDDEN_CHARACTER -> Reply.of(501, "5.1.7", "Sender address has a forbidden character");
        };
    }

    static Reply badRecipient(Fault fault) {
        return switch (fault) {
            case SYNTAX -> Reply.of(501, "5.1.3", "Recipient address has a syntax error");
            case TOO_LONG -> Reply.of(501, "5.1.3", "Recipient address is too long");
            case FORBIDDEN_CHARACTER -> Reply.of(501, "5.1.3", "Recipient address has a forbidden character");
        };
    }
}
