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
 * With which reverse-path mail goes to other domains: what an alias of ours sends there goes in the name of the alias's domain,
 * for the next server takes that of its sender from its sender's own servers only (SPF).
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

    /** The recipients by the reverse-path of their mail, in their order. */
    Map<String, List<Recipient>> group(List<Recipient> recipients) {
        return recipients.stream().collect(Collectors.groupingBy(
                recipient -> ofForwarders.getOrDefault(recipient.getOriginal(), reversePath), LinkedHashMap::new, Collectors.toList()));
    }
}
