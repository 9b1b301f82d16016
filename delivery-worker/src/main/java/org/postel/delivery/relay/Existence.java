package org.postel.delivery.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Tries only recipients of whom it is not known that they do not exist, and learns of those that do not. */
final class Existence {

    // RFC 3463 §3.2, but for those that are about the sender's address.
    private static final Set<String> NOBODY = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10");

    private final Suppressions suppressions;

    Existence(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    /** A message's recipients: those that are refused as things are known, and those to be tried. */
    record Known(List<RecipientOutcome> refused, List<Recipient> others) {}

    Known of(QueuedMessage message) {
        List<Recipient> all = message.getRecipientsList();
        // A notice that cannot arrive becomes a dead letter, and should be one that was tried; and what was tried before is tried on.
        Map<String, Failure> known = message.getReversePath().isEmpty() || message.getAttempts() > 0 ? Map.of()
                : suppressions.of(all.stream().map(Recipient::getAddress).toList());
        List<RecipientOutcome> refused = new ArrayList<>();
        List<Recipient> others = new ArrayList<>();
        for (Recipient recipient : all) {
            if (known.containsKey(recipient.getAddress())) {
                refused.add(new RecipientOutcome(recipient, new Result.Refused(known.get(recipient.getAddress()))));
            } else {
                others.add(recipient);
            }
        }
        return new Known(refused, others);
    }

    /** Of one attempt. */
    void learn(List<RecipientOutcome> outcomes) {
        Map<String, Long> replies = outcomes.stream().map(Existence::reply).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        outcomes.stream().filter(outcome -> replies.get(reply(outcome)) == 1).forEach(this::learn);
    }

    /** One reply for several is to MAIL or to the content: it says nothing of an address. */
    private static String reply(RecipientOutcome outcome) {
        return outcome.result() instanceof Result.Refused(Failure failure) ? failure.getReply() : "";
    }

    private void learn(RecipientOutcome outcome) {
        // Only what the server itself says, and says of an address.
        if (outcome.result() instanceof Result.Refused(Failure failure) && !failure.getReply().isEmpty() && NOBODY.contains(failure.getStatus())) {
            suppressions.add(outcome.recipient().getAddress(), failure.getRemoteHost() + " said: " + failure.getReply().replaceAll("\\p{Cntrl}+", " "));
        }
    }
}
