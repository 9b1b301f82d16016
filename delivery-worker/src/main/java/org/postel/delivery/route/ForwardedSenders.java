package org.postel.delivery.route;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/**
 * With which reverse-path mail goes to other domains: what an alias or account of ours sends there goes in the name of the alias's domain,
 * for the next server takes that of its sender from its sender's own servers only (SPF).
 * What an account forwards says so in Delivered-To (RFC 9228), so that it ends here when it comes back (SAFETY row 25).
 */
final class ForwardedSenders {

    private final String reversePath;
    private final Map<String, String> ofForwarders;

    private ForwardedSenders(String reversePath, Map<String, String> ofForwarders) {
        this.reversePath = reversePath;
        this.ofForwarders = ofForwarders;
    }

    /** Asks the directory, once, and not at all when nothing is forwarded or there is no sender to rewrite. */
    static ForwardedSenders of(QueuedMessage message, Collection<List<Recipient>> remote, Directory directory) throws StoreUnavailableException {
        List<String> forwarders = message.getReversePath().isEmpty() ? List.of() : remote.stream().flatMap(List::stream)
                .map(Recipient::getOriginal).filter(original -> !original.isEmpty()).distinct().toList();
        Map<String, String> senders = new HashMap<>();
        if (!forwarders.isEmpty()) {
            List<String> answers = directory.sendersOfForwards(message.getReversePath(), forwarders);
            for (int i = 0; i < forwarders.size(); i++) {
                senders.put(forwarders.get(i), answers.get(i));
            }
        }
        return new ForwardedSenders(message.getReversePath(), senders);
    }

    /**
     * How some recipients' mail goes on.
     *
     * @param forwarder the address of the account that forwards to them; empty: none does
     */
    record Forward(String reversePath, String forwarder) {

        /** The header fields that say so. */
        String fields() {
            return forwarder.isEmpty() ? "" : TraceLines.deliveredTo(forwarder);
        }
    }

    /** The recipients by how their mail goes on, in their order. */
    Map<Forward, List<Recipient>> group(List<Recipient> recipients) {
        return recipients.stream().collect(Collectors.groupingBy(
                recipient -> new Forward(ofForwarders.getOrDefault(recipient.getOriginal(), reversePath), recipient.getForwardedBy()),
                LinkedHashMap::new, Collectors.toList()));
    }
}
