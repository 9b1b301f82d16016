package org.postel.mail.dsn;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes the part for programs: message/delivery-status (RFC 3464 §2), or message/global-delivery-status (RFC 6533 §3) when
 * an address is not ASCII.
 */
final class StatusFields {

    /** RFC 5322 §3.3. */
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");
    private static final int LONGEST_ADDRESS = 500;
    private static final int LONGEST_REPLY = 2_000;

    private final DeliveryReport report;
    private final boolean global;
    private final StringBuilder text = new StringBuilder();

    StatusFields(DeliveryReport report) {
        this.report = report;
        this.global = report.recipients().stream().anyMatch(StatusFields::isInternational);
    }

    private static boolean isInternational(RecipientReport recipient) {
        return !SafeText.isAscii(recipient.address()) || !SafeText.isAscii(recipient.originalRecipient().map(Xtext::address).orElse(""));
    }

    boolean isGlobal() {
        return global;
    }

    /** The status to report: RFC 3463 §2. */
    static String status(RecipientReport recipient) {
        String byDefault = switch (recipient.action()) {
            case FAILED -> "5.0.0";
            case DELAYED -> "4.0.0";
            case EXPANDED, RELAYED, DELIVERED -> "2.0.0";
        };
        return STATUS.matcher(recipient.status()).matches() ? recipient.status() : byDefault;
    }

    String write() {
        text.append(SafeText.field("Reporting-MTA", "dns; " + SafeText.ascii(report.reportingHost(), LONGEST_ADDRESS)));
        report.envelopeId().ifPresent(id -> field("Original-Envelope-Id", SafeText.ascii(Xtext.decode(id), LONGEST_ADDRESS)));
        field("Arrival-Date", date(report.arrival()));
        report.recipients().forEach(this::recipient);
        return text.toString();
    }

    private void recipient(RecipientReport recipient) {
        text.append("\r\n");
        recipient.originalRecipient().ifPresent(this::originalRecipient);
        field("Final-Recipient", typed(recipient.address()));
        field("Action", recipient.action().word());
        field("Status", status(recipient));
        recipient.answer().ifPresentOrElse(answer -> {
            field("Remote-MTA", "dns; " + SafeText.ascii(answer.host(), LONGEST_ADDRESS));
            diagnostic("smtp", answer.reply());
        }, () -> diagnostic("X-Postel", recipient.explanation()));
        field("Last-Attempt-Date", date(recipient.lastAttempt()));
        recipient.retryUntil().filter(until -> recipient.action() == Action.DELAYED)
                .ifPresent(until -> field("Will-Retry-Until", date(until)));
    }

    private void originalRecipient(String parameter) {
        int semicolon = parameter.indexOf(';');
        if (semicolon > 0) {
            String type = SafeText.ascii(parameter.substring(0, semicolon), LONGEST_ADDRESS);
            field("Original-Recipient", type + "; " + clean(Xtext.address(parameter), LONGEST_ADDRESS));
        }
    }

    /** RFC 3464 §2.3.6: the reply, or in a type of our own (§2.1.1) what we found without one. */
    private void diagnostic(String type, String words) {
        String said = clean(words, LONGEST_REPLY);
        if (!said.isEmpty()) {
            field("Diagnostic-Code", type + "; " + said);
        }
    }

    private String typed(String address) {
        String clean = clean(address, LONGEST_ADDRESS);
        return (SafeText.isAscii(clean) ? "rfc822; " : "utf-8; ") + clean;
    }

    private String clean(String words, int limit) {
        return global ? SafeText.line(words, limit) : SafeText.ascii(words, limit);
    }

    private void field(String name, String value) {
        text.append(SafeText.field(name, value));
    }

    private static String date(Instant instant) {
        return DATE.format(instant);
    }
}
