package org.postel.delivery.vacation;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postel.delivery.route.Absence;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.RawField;
import org.postel.queue.v1.QueuedMessage;

/** Says which mail is not answered by a machine (SAFETY row 24): RFC 3834 §2, RFC 5230 §4.5 and §4.6. */
final class Manners {

    private static final int MOST_ADDRESSES = 1000;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;:\"()\\[\\]]{1,320}@[^\\s<>,;:\"()]{1,255}");
    private static final Set<String> RECIPIENTS = Set.of("to", "cc", "bcc", "resent-to", "resent-cc", "resent-bcc");
    /** Local parts behind which nobody reads. */
    private static final Pattern MACHINE = Pattern.compile("(mailer-daemon|postmaster|listserv|majordomo|(no|do-?not)[-_.]?reply.*"
            + "|.*[-_.](no|do-?not)[-_.]?reply|owner-.*|.*-owner|.*-request|bounces?([-+=].*)?|.*-bounces?([-+=].*)?)");

    private Manners() {
    }

    /** Why a mail gets no answer; empty: it may get one. */
    static Optional<String> objection(QueuedMessage message, Absence absence, byte[] header) {
        String sender = message.getReversePath().toLowerCase(Locale.ROOT);
        int at = sender.lastIndexOf('@');
        if (at < 1 || message.getJunk()) {
            return Optional.of("its sender is not known");
        }
        if (MACHINE.matcher(sender.substring(0, at)).matches()) {
            return Optional.of("its sender is a machine");
        }
        Set<String> own = new HashSet<>(absence.addresses());
        if (own.contains(bare(sender))) {
            return Optional.of("it is the account's own");
        }
        return objection(own, new HeaderSection(header));
    }

    private static Optional<String> objection(Set<String> own, HeaderSection header) {
        boolean named = false;
        for (RawField field : header) {
            String name = field.name().toLowerCase(Locale.ROOT);
            String value = field.value().toString().toLowerCase(Locale.ROOT);
            if (ofMachine(name, value)) {
                return Optional.of("it has " + field.name());
            }
            named |= RECIPIENTS.contains(name) && names(value, own);
        }
        return named ? Optional.empty() : Optional.of("it names no address of the account");
    }

    private static boolean ofMachine(String name, String value) {
        return switch (name) {
            // RFC 3834 §5.2: "no", with parameters and comments behind it.
            case "auto-submitted" -> !value.matches("no\\b.*");
            case "precedence" -> List.of("bulk", "list", "junk").contains(value);
            case "x-auto-response-suppress" -> value.matches(".*\\b(all|oof|autoreply)\\b.*");
            case "x-spam-flag" -> value.startsWith("yes");
            default -> name.startsWith("list-");
        };
    }

    private static boolean names(String value, Set<String> own) {
        Matcher addresses = ADDRESS.matcher(value);
        for (int i = 0; i < MOST_ADDRESSES && addresses.find(); i++) {
            if (own.contains(bare(addresses.group())) || own.contains(addresses.group())) {
                return true;
            }
        }
        return false;
    }

    /** Without the detail of RFC 5233 §1, as far as its separator is the usual one. */
    private static String bare(String address) {
        return address.replaceFirst("^([^+@]+)\\+[^@]*@", "$1@");
    }
}
