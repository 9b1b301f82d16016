package org.postel.delivery.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.Wish;
import org.postel.delivery.route.Directory.Meaning;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.Recipient;

/**
 * Follows aliases until every recipient has a mailbox of ours, another domain, or nothing. First each address that can be
 * reached is asked for once, level by level; then each recipient's way is walked, and no address twice on it, so cycles end.
 * A recipient that reaches nothing but itself is a loop (RFC 5321 §6.3).
 */
final class AliasExpansion {

    /** Half of what mailbox-service answers in one call. */
    private static final int MOST_AT_ONCE = 500;

    private final Directory directory;
    private final int maxDepth;
    private final int maxAddresses;

    /**
     * @param maxDepth aliases that lead to aliases
     * @param maxAddresses followed for one message
     */
    AliasExpansion(Directory directory, int maxDepth, int maxAddresses) {
        this.directory = directory;
        this.maxDepth = maxDepth;
        this.maxAddresses = maxAddresses;
    }

    /**
     * Where the mail goes.
     *
     * @param destinations one per mailbox or remote address, in the order of the recipients that lead there first
     * @param expanded recipients that stood for several addresses, and whose sender wants to hear of success: nobody behind
     *     them confirms anything (RFC 3461 §5.2.7.3 (c))
     */
    record Expansion(List<Destination> destinations, List<Recipient> expanded) {
    }

    Expansion expand(List<Recipient> recipients) throws StoreUnavailableException {
        Map<String, Meaning> meanings = meanings(recipients);
        Map<Object, Destination> destinations = new LinkedHashMap<>();
        List<Recipient> expanded = new ArrayList<>();
        for (Recipient recipient : recipients) {
            List<Destination> reached = new ArrayList<>();
            walk(recipient, meanings, new HashSet<>(), reached);
            if (reached.isEmpty()) {
                reached.add(new Destination.Nowhere(recipient, Failures.loop("the aliases of this address lead back to it.")));
            } else if (Wish.SUCCESS.of(recipient) && reached.stream().anyMatch(AliasExpansion::isOneOfSeveral)) {
                expanded.add(recipient);
            }
            reached.forEach(destination -> destinations.merge(unique(destination), destination, AliasExpansion::oneOf));
        }
        return new Expansion(List.copyOf(destinations.values()), expanded);
    }

    /** Of an address whose sender wants to hear of success, and will not from here. */
    private static boolean isOneOfSeveral(Destination destination) {
        return !(destination instanceof Destination.Nowhere) && !Wish.SUCCESS.of(destination.recipient());
    }

    /** The first, unless only the sender of the other wants to hear of success. */
    private static Destination oneOf(Destination first, Destination other) {
        return Wish.SUCCESS.of(other.recipient()) && !Wish.SUCCESS.of(first.recipient()) ? other : first;
    }

    private Map<String, Meaning> meanings(List<Recipient> recipients) throws StoreUnavailableException {
        Map<String, Meaning> meanings = new HashMap<>();
        Set<String> level = new LinkedHashSet<>();
        recipients.forEach(recipient -> level.add(key(recipient.getAddress())));
        Map<String, String> written = new HashMap<>();
        recipients.forEach(recipient -> written.putIfAbsent(key(recipient.getAddress()), recipient.getAddress()));
        for (int depth = 0; depth <= maxDepth && !level.isEmpty(); depth++) {
            List<String> keys = List.copyOf(level);
            List<Meaning> answers = resolve(keys.stream().map(written::get).toList());
            level.clear();
            for (int i = 0; i < keys.size(); i++) {
                meanings.put(keys.get(i), answers.get(i));
                if (answers.get(i) instanceof Meaning.Alias(List<String> targets)) {
                    targets.forEach(target -> written.putIfAbsent(key(target), target));
                    targets.stream().map(AliasExpansion::key).forEach(level::add);
                }
            }
            level.removeAll(meanings.keySet());
            if (meanings.size() + level.size() > maxAddresses) {
                break;
            }
        }
        return meanings;
    }

    /** In questions that the directory takes. */
    private List<Meaning> resolve(List<String> addresses) throws StoreUnavailableException {
        List<Meaning> meanings = new ArrayList<>(addresses.size());
        for (int from = 0; from < addresses.size(); from += MOST_AT_ONCE) {
            meanings.addAll(directory.resolve(addresses.subList(from, Math.min(from + MOST_AT_ONCE, addresses.size()))));
        }
        return meanings;
    }

    private void walk(Recipient recipient, Map<String, Meaning> meanings, Set<String> way, List<Destination> reached) {
        String key = key(recipient.getAddress());
        if (!way.add(key)) {
            return;
        }
        Meaning meaning = meanings.get(key);
        if (meaning == null) {
            reached.add(new Destination.Nowhere(recipient,
                    Failures.loop("too many addresses stand behind this one, or they lead to each other.")));
            return;
        }
        switch (meaning) {
            case Meaning.Account(var id, String address) -> reached.add(new Destination.Local(recipient, id, address));
            case Meaning.Elsewhere() -> reached.add(elsewhere(recipient));
            case Meaning.Unknown() -> reached.add(new Destination.Nowhere(recipient, Failures.unknownUser()));
            case Meaning.Alias(List<String> targets) -> {
                // A DSN speaks of the address the sender knows: RFC 3464 §2.3.2, and what is behind an alias is private.
                String original = recipient.getOriginal().isEmpty() ? recipient.getAddress() : recipient.getOriginal();
                // RFC 3461 §5.2.7.2 and §5.2.7.3: one target takes over all that the sender wants, several tell of no success.
                Recipient asked = targets.size() == 1 ? recipient : Wish.withoutSuccess(recipient);
                for (String target : targets) {
                    walk(asked.toBuilder().setAddress(target).setOriginal(original).build(), meanings, way, reached);
                }
            }
        }
    }

    private static Destination elsewhere(Recipient recipient) {
        try {
            Mailbox mailbox = Mailbox.parse(recipient.getAddress());
            return new Destination.Remote(recipient, mailbox.host().canonical());
        } catch (AddressSyntaxException e) {
            Failure failure = Failures.of("5.1.3", "This is not a mail address.");
            return new Destination.Nowhere(recipient, failure);
        }
    }

    private static Object unique(Destination destination) {
        return switch (destination) {
            case Destination.Local local -> local.account();
            case Destination.Remote remote -> key(remote.recipient().getAddress());
            // Two addresses that lead nowhere are two failures, but one address is only one.
            case Destination.Nowhere nowhere -> List.of(key(nowhere.recipient().getAddress()), key(nowhere.recipient().getOriginal()));
        };
    }

    /** For comparing only: addresses that differ in case alone are followed once. */
    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
