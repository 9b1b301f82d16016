package org.postel.mail.dsn;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.postel.mail.QueueId;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.RawField;

/**
 * The answer to a mail for somebody who is away: RFC 3834 §3 for its fields.
 *
 * @param id       its Message-ID is made of it
 * @param host     our host name, for that
 * @param from     the address of who is away
 * @param to       the reverse-path of the mail
 * @param subject  what it is called
 * @param text     what it says; lines end in LF
 * @param written  when
 * @param original the header of the mail
 */
public record VacationReply(QueueId id, String host, String from, String to, String subject, String text, Instant written, byte[] original) {

    private static final int LONGEST_FIELD = 500;
    /** RFC 5322 §2.1.1. */
    private static final int LONGEST_LINE = 998;

    /** The message, to be sent from the null reverse-path; every line ends in CRLF. */
    public byte[] octets() {
        StringBuilder message = new StringBuilder();
        message.append(SafeText.field("Date", StatusFields.DATE.format(written)))
                .append(SafeText.field("From", "<" + SafeText.line(from, LONGEST_FIELD) + ">"))
                .append(SafeText.field("To", "<" + SafeText.line(to, LONGEST_FIELD) + ">"))
                .append(SafeText.field("Subject", TextEncoding.words(SafeText.line(subject, LONGEST_FIELD))))
                .append(SafeText.field("Message-ID", "<" + id + "@" + SafeText.ascii(host, LONGEST_FIELD) + ">"));
        thread(message);
        // RFC 3834 §5.1.7: so that nobody answers it.
        message.append("Auto-Submitted: auto-replied (vacation)\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n");
        body(message);
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether its header needs SMTPUTF8 (RFC 6531). */
    public boolean smtputf8() {
        return !SafeText.isAscii(from) || !SafeText.isAscii(to);
    }

    /** RFC 3834 §3.1.5 and RFC 5322 §3.6.4: References are those of the mail, as far as they fit, and the mail itself. */
    private void thread(StringBuilder message) {
        Optional<String> answered = field("Message-ID").filter(one -> !one.isEmpty());
        answered.ifPresent(one -> message.append(SafeText.field("In-Reply-To", one))
                .append(SafeText.field("References", field("References").filter(before -> before.length() + one.length() < LONGEST_FIELD)
                        .map(before -> before + " ").orElse("") + one)));
    }

    private Optional<String> field(String name) {
        return new HeaderSection(original).first(name).map(RawField::value).map(value -> SafeText.ascii(value.toString(), LONGEST_FIELD));
    }

    private void body(StringBuilder message) {
        String lines = text.replace("\r", "").replace("\n", "\r\n") + (text.endsWith("\n") ? "" : "\r\n");
        boolean plain = SafeText.isAscii(lines) && lines.lines().allMatch(line -> line.length() <= LONGEST_LINE);
        message.append("Content-Transfer-Encoding: ").append(plain ? "7bit" : "quoted-printable").append("\r\n\r\n")
                .append(plain ? lines : TextEncoding.quotedPrintable(lines));
    }
}
