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
    private final Language language;
    private final Words words;
    private final StringBuilder text = new StringBuilder();

    PlainWords(DeliveryReport report, HeaderSection original) {
        this.report = report;
        this.original = original;
        this.language = Language.of(original);
        this.words = Words.in(language);
    }

    Language language() {
        return language;
    }

    /** Who writes. */
    String from() {
        return words.say("from");
    }

    /** The subject of the notification. */
    String subject() {
        String happened = words.say("subject." + report.worst().word());
        return original("Subject").map(subject -> words.say("subject", happened, SafeText.line(subject, 60))).orElse(happened);
    }

    String write() {
        paragraph(words.say("server", SafeText.line(report.reportingHost(), LONGEST_ADDRESS)));
        paragraph(words.say(report.worst().word() + (report.recipients().size() == 1 ? ".one" : ".some")));
        original("Subject").ifPresent(subject -> line("    ", words.say("original.subject", SafeText.line(subject, 200))));
        original("Date").ifPresent(date -> line("    ", words.say("original.date", SafeText.line(date, 100))));
        text.append("\r\n");
        report.recipients().forEach(this::recipient);
        paragraph(words.say(report.original() instanceof Original.Whole ? "below.whole" : "below.header"));
        return text.toString();
    }

    private void recipient(RecipientReport recipient) {
        String address = SafeText.line(recipient.address(), LONGEST_ADDRESS);
        line("", words.say(recipient.action() == Action.DELAYED ? "to.delayed" : "to", address));
        switch (recipient.action()) {
            case FAILED -> failed(recipient);
            case DELAYED -> delayed(recipient);
            case EXPANDED, RELAYED, DELIVERED -> recipient.answer().ifPresent(this::answer);
        }
        text.append("\r\n");
    }

    private void failed(RecipientReport recipient) {
        // RFC 3464 §2.3.4: it was given up although its last failure was one for a time.
        boolean timedOut = StatusFields.status(recipient).startsWith("4");
        line("    ", timedOut ? words.say("given-up", happened(recipient)) : happened(recipient));
        recipient.answer().ifPresent(this::answer);
        line("    ", words.say("advice", explanation(recipient).whatToDo()));
    }

    private void delayed(RecipientReport recipient) {
        line("    ", happened(recipient));
        recipient.answer().ifPresent(this::answer);
        recipient.retryUntil().ifPresent(until -> line("    ", words.say("until", words.date(until))));
    }

    /** What was found is in English and stands in the part for programs too; other languages have the words of the status. */
    private String happened(RecipientReport recipient) {
        String found = language == Language.ENGLISH ? SafeText.line(recipient.explanation(), LONGEST_REPLY) : "";
        return found.isEmpty() ? explanation(recipient).whatHappened() : found;
    }

    private Explanation explanation(RecipientReport recipient) {
        return Explanation.of(StatusFields.status(recipient), words);
    }

    private void answer(RemoteAnswer answer) {
        String said = SafeText.line(answer.reply(), LONGEST_REPLY);
        if (!said.isEmpty()) {
            line("    ", words.say("said", SafeText.line(answer.host(), LONGEST_ADDRESS), said));
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
