package org.postel.mail.dsn;

import java.util.Optional;
import org.postel.mail.mime.EncodedWords;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.RawField;

/** Writes the part for a person who has never seen such a mail: what happened, to whose mail, and what to do about it. */
final class PlainWords {

    private static final int LONGEST_ADDRESS = 500;
    private static final int LONGEST_REPLY = 1_000;

    private final DeliveryReport report;
    private final HeaderSection original;
    private final StringBuilder text = new StringBuilder();

    PlainWords(DeliveryReport report, HeaderSection original) {
        this.report = report;
        this.original = original;
    }

    /** The subject of the notification. */
    String subject() {
        String happened = switch (report.worst()) {
            case FAILED -> "Your mail could not be delivered";
            case DELAYED -> "Your mail is delayed";
            case EXPANDED -> "Your mail went to several people";
            case RELAYED -> "Your mail was passed on";
            case DELIVERED -> "Your mail was delivered";
        };
        return original("Subject").map(subject -> happened + ": " + SafeText.line(subject, 60)).orElse(happened);
    }

    String write() {
        paragraph("This is the mail server " + SafeText.line(report.reportingHost(), LONGEST_ADDRESS) + ".");
        paragraph(opening());
        original("Subject").ifPresent(subject -> line("    ", "Subject: " + SafeText.line(subject, 200)));
        original("Date").ifPresent(date -> line("    ", "Date: " + SafeText.line(date, 100)));
        text.append("\r\n");
        report.recipients().forEach(this::recipient);
        paragraph("Below, for the people who run mail servers, is the same in technical words, and "
                + (report.original() instanceof Original.Whole ? "your mail." : "the header of your mail."));
        return text.toString();
    }

    private String opening() {
        String count = report.recipients().size() == 1 ? "" : " to some of its recipients";
        return switch (report.worst()) {
            case FAILED -> "The mail you sent could not be delivered" + count + ". It will not be tried again.";
            case DELAYED -> "The mail you sent has not been delivered yet" + count + ". It is still being tried, and you need not"
                    + " send it again. If it cannot be delivered in the end, you will be told.";
            case EXPANDED -> "The address you sent this mail to stands for several people. It is on its way to them; whether it"
                    + " reaches each of them is not confirmed.";
            case RELAYED -> "The mail you sent was handed to the recipient's mail server. That server confirms nothing more, so this"
                    + " is the last you hear of it, unless it fails.";
            case DELIVERED -> "The mail you sent is in the recipient's mailbox. You get this confirmation because you asked for it.";
        };
    }

    private void recipient(RecipientReport recipient) {
        Explanation explanation = Explanation.of(StatusFields.status(recipient));
        line("", "To: " + SafeText.line(recipient.address(), LONGEST_ADDRESS) + (recipient.action() == Action.DELAYED ? " (delayed)" : ""));
        if (recipient.action() == Action.FAILED || recipient.action() == Action.DELAYED) {
            String happened = SafeText.line(recipient.explanation(), LONGEST_REPLY);
            line("    ", happened.isEmpty() ? explanation.whatHappened() : happened);
        }
        recipient.answer().ifPresent(this::answer);
        recipient.retryUntil().filter(until -> recipient.action() == Action.DELAYED)
                .ifPresent(until -> line("    ", "It will be tried until " + StatusFields.DATE.format(until) + "."));
        if (recipient.action() == Action.FAILED) {
            line("    ", "What you can do: " + explanation.whatToDo());
        }
        text.append("\r\n");
    }

    private void answer(RemoteAnswer answer) {
        String said = SafeText.line(answer.reply(), LONGEST_REPLY);
        if (!said.isEmpty()) {
            line("    ", "The mail server " + SafeText.line(answer.host(), LONGEST_ADDRESS) + " said: " + said);
        }
    }

    private Optional<String> original(String field) {
        return original.first(field).map(RawField::value).map(EncodedWords::decode).filter(value -> !value.isBlank());
    }

    private void paragraph(String clean) {
        line("", clean);
        text.append("\r\n");
    }

    private void line(String indent, String clean) {
        text.append(indent).append(SafeText.wrap(clean, indent)).append("\r\n");
    }
}
