package org.postel.mail.dsn;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.RawField;

/** Puts a notification together: multipart/report of RFC 6522 §3 with its three parts. */
final class NotificationWriter {

    private static final int LONGEST_FIELD = 500;

    private final DeliveryReport report;
    private final OriginalPart original;
    private final StatusFields status;
    private final PlainWords words;
    private final String host;
    private final String boundary;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private boolean eightBit;

    NotificationWriter(DeliveryReport report) {
        HeaderSection header = new HeaderSection(report.original().octets());
        this.report = report;
        this.original = new OriginalPart(report.original());
        this.status = new StatusFields(report);
        this.words = new PlainWords(report, header);
        this.host = SafeText.ascii(report.reportingHost(), LONGEST_FIELD);
        // Nobody can have put it into the original: the id is random, or made of one that nobody knew when the original was written.
        this.boundary = "report-" + report.id();
    }

    Notification write() {
        header();
        textPart();
        statusPart();
        originalPart();
        ascii("\r\n--" + boundary + "--\r\n");
        return new Notification(message.toByteArray(), eightBit, !SafeText.isAscii(report.to()));
    }

    private void header() {
        field("Date", StatusFields.DATE.format(report.written()));
        field("From", TextEncoding.phrase(words.from()) + " <MAILER-DAEMON@" + host + ">");
        utf8(SafeText.field("To", "<" + SafeText.line(report.to(), LONGEST_FIELD) + ">"));
        field("Subject", TextEncoding.words(words.subject()));
        field("Message-ID", "<" + report.id() + "@" + host + ">");
        new HeaderSection(report.original().octets()).first("Message-ID").map(RawField::value)
                .map(id -> SafeText.ascii(id.toString(), LONGEST_FIELD)).filter(id -> !id.isEmpty())
                .ifPresent(id -> ascii(SafeText.field("In-Reply-To", id) + SafeText.field("References", id)));
        // RFC 3834 §5.
        field("Auto-Submitted", "auto-replied");
        field("MIME-Version", "1.0");
        ascii("Content-Type: multipart/report; report-type=" + (status.isGlobal() ? "global-delivery-status" : "delivery-status")
                + ";\r\n boundary=\"" + boundary + "\"\r\n\r\n");
    }

    private void textPart() {
        String text = words.write();
        begin("Content-Description: What happened\r\nContent-Language: " + words.language().tag()
                + "\r\nContent-Type: text/plain; charset=utf-8");
        if (SafeText.isAscii(text)) {
            ascii("Content-Transfer-Encoding: 7bit\r\n\r\n" + text);
        } else {
            ascii("Content-Transfer-Encoding: quoted-printable\r\n\r\n" + TextEncoding.quotedPrintable(text));
        }
    }

    private void statusPart() {
        begin("Content-Description: For mail programs\r\nContent-Type: message/" + (status.isGlobal() ? "global-delivery-status" : "delivery-status"));
        ascii("Content-Transfer-Encoding: " + (status.isGlobal() ? "8bit" : "7bit") + "\r\n\r\n");
        utf8(status.write());
        eightBit |= status.isGlobal();
    }

    private void originalPart() {
        begin("Content-Description: Your mail\r\nContent-Type: " + original.contentType());
        ascii("Content-Transfer-Encoding: " + (original.isAscii() ? "7bit" : "8bit") + "\r\n\r\n");
        message.writeBytes(original.octets());
        eightBit |= !original.isAscii();
    }

    private void begin(String fields) {
        ascii("\r\n--" + boundary + "\r\n" + fields + "\r\n");
    }

    private void field(String name, String clean) {
        ascii(SafeText.field(name, clean));
    }

    private void ascii(String text) {
        message.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void utf8(String text) {
        message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
