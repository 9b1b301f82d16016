package org.postel.delivery.route;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.Wish;
import org.postel.delivery.route.Directory.Meaning;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/**
 * Follows aliases and accounts that forward until every recipient has a mailbox of ours, another domain, or nothing. First each address that can be
 * reached is asked for once, level by level; then each recipient's way is walked, and no address twice on it, so cycles end.
 * A recipient that reaches nothing but itself is a loop (RFC 5321 §6.3).
 *
 * <p>What an account forwards it also keeps where nobody could be told that it did not arrive: mail without a sender, and junk, which goes on
 * to nobody.
 */
final class AliasExpansion {

    /** Half of what mailbox-service answers in one call. */
    private static final int MOST_AT_ONCE = 500;
    /** Rules of one account may take a tenth of a second on a long header, and a call ten seconds. */
    private static final int FILTERED_AT_ONCE = 25;
    private static final String LEADS_BACK = "the aliases of this address lead back to it.";

    private final Directory directory;
    private final Filter filter;
    private final int maxDepth;
    private final int maxAddresses;
    private final QueuedMessage message;
    private final Predicate<String> deliveredBefore;

    /**
     * @param message whose recipients are followed
     * @param deliveredBefore whether it was delivered to an address of ours already, and so went round
     * @param maxDepth aliases that lead to aliases
     * @param maxAddresses followed for one message
     */
    AliasExpansion(Directory directory, Filter filter, QueuedMessage message, Predicate<String> deliveredBefore, int maxDepth, int maxAddresses) {
        this.directory = directory;
        this.filter = filter;
        this.message = message;
        this.deliveredBefore = deliveredBefore;
        this.maxDepth = maxDepth;
        this.maxAddresses = maxAddresses;
    }

    /** What accounts' rules say of the message. */
    @FunctionalInterface
    interface Filter {

        /** In the order asked. */
        List<Filing> of(List<ByteString> accounts) throws StoreUnavailableException;
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

    Expansion expand() throws StoreUnavailableException {
        List<Recipient> recipients = message.getRecipientsList();
        Map<String, Meaning> meanings = meanings(recipients);
        Map<Object, Destination> destinations = new LinkedHashMap<>();
        List<Recipient> expanded = new ArrayList<>();
        for (Recipient recipient : recipients) {
            List<Destination> reached = new ArrayList<>();
            walk(recipient, meanings, new HashMap<>(), reached);
            if (reached.isEmpty()) {
                reached.add(new Destination.Nowhere(recipient, Failures.loop(LEADS_BACK)));
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
            List<Meaning> answers = filed(keys.stream().map(written::get).toList());
            level.clear();
            for (int i = 0; i < keys.size(); i++) {
                meanings.put(keys.get(i), answers.get(i));
                for (String target : targets(answers.get(i))) {
                    written.putIfAbsent(key(target), target);
                    level.add(key(target));
                }
            }
            level.removeAll(meanings.keySet());
            if (meanings.size() + level.size() > maxAddresses) {
                break;
            }
        }
        return meanings;
    }

    /** What addresses mean, with what the rules of those accounts say that keep a copy of this message. */
    private List<Meaning> filed(List<String> addresses) throws StoreUnavailableException {
        List<Meaning> meanings = resolve(addresses);
        List<Integer> asked = IntStream.range(0, meanings.size()).filter(i -> isFiltered(meanings.get(i), addresses.get(i))).boxed().toList();
        if (asked.isEmpty()) {
            return meanings;
        }
        for (int from = 0; from < asked.size(); from += FILTERED_AT_ONCE) {
            List<Integer> some = asked.subList(from, Math.min(from + FILTERED_AT_ONCE, asked.size()));
            List<Filing> filings = filter.of(some.stream().map(i -> ((Meaning.Account) meanings.get(i)).id()).toList());
            for (int i = 0; i < some.size(); i++) {
                meanings.set(some.get(i), ((Meaning.Account) meanings.get(some.get(i))).filed(filings.get(i)));
            }
        }
        return meanings;
    }

    /** Junk is marked and nothing else; what went round ends here; and where no copy stays there is nothing to file. */
    private boolean isFiltered(Meaning meaning, String address) {
        return meaning instanceof Meaning.Account account && account.filtered() && account.keeps() && !message.getJunk()
                && !deliveredBefore.test(address);
    }

    private static List<String> targets(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Alias(List<String> targets) -> targets;
            case Meaning.Account account -> account.forwards();
            case Meaning.Unknown(), Meaning.Elsewhere() -> List.of();
        };
    }

    /** In questions that the directory takes. */
    private List<Meaning> resolve(List<String> addresses) throws StoreUnavailableException {
        List<Meaning> meanings = new ArrayList<>(addresses.size());
        for (int from = 0; from < addresses.size(); from += MOST_AT_ONCE) {
            meanings.addAll(directory.resolve(addresses.subList(from, Math.min(from + MOST_AT_ONCE, addresses.size()))));
        }
        return meanings;
    }

    /** What is known of an address on the way. */
    private enum Lead { NOT_KNOWN_YET, SOMEWHERE, NOWHERE }

    private Lead walk(Recipient recipient, Map<String, Meaning> meanings, Map<String, Lead> way, List<Destination> reached) {
        String key = key(recipient.getAddress());
        Lead known = way.putIfAbsent(key, Lead.NOT_KNOWN_YET);
        if (known != null) {
            return known;
        }
        Lead lead = leads(recipient, meanings, way, reached) ? Lead.SOMEWHERE : Lead.NOWHERE;
        way.put(key, lead);
        return lead;
    }

    private boolean leads(Recipient recipient, Map<String, Meaning> meanings, Map<String, Lead> way, List<Destination> reached) {
        return switch (meanings.get(key(recipient.getAddress()))) {
            case null -> reached.add(new Destination.Nowhere(recipient,
                    Failures.loop("too many addresses stand behind this one, or they lead to each other.")));
            case Meaning.Account account when stays(recipient, account) -> reached.add(copy(recipient, account));
            case Meaning.Account account -> forward(recipient, account, meanings, way, reached);
            case Meaning.Elsewhere() -> reached.add(elsewhere(recipient));
            case Meaning.Unknown() -> reached.add(new Destination.Nowhere(recipient, Failures.unknownUser()));
            case Meaning.Alias(List<String> targets) -> all(recipient, targets, meanings, way, reached);
        };
    }

    private boolean all(Recipient recipient, List<String> targets, Map<String, Meaning> meanings, Map<String, Lead> way, List<Destination> reached) {
        // RFC 3461 §5.2.7.2 and §5.2.7.3: one target takes over all that the sender wants, several tell of no success.
        Recipient asked = targets.size() == 1 ? recipient : Wish.withoutSuccess(recipient);
        int before = reached.size();
        for (String target : targets) {
            Recipient next = asked.toBuilder().setAddress(target).setOriginal(original(recipient)).build();
            // Its mail would be gone, and the others' would hide that.
            if (walk(next, meanings, way, reached) == Lead.NOWHERE) {
                reached.add(new Destination.Nowhere(next, Failures.loop(LEADS_BACK)));
            }
        }
        return reached.size() > before;
    }

    /** A DSN speaks of the address the sender knows: RFC 3464 §2.3.2, and what is behind an alias is private. */
    private static String original(Recipient recipient) {
        return recipient.getOriginal().isEmpty() ? recipient.getAddress() : recipient.getOriginal();
    }

    /** What went on already does not go on again when the copy is tried again; what came back is a loop, and whoever delivers says so. */
    private boolean stays(Recipient recipient, Meaning.Account account) {
        return account.forwards().isEmpty() || recipient.getOwnCopy() || message.getJunk() || deliveredBefore.test(recipient.getAddress());
    }

    private boolean forward(Recipient recipient, Meaning.Account account, Map<String, Meaning> meanings, Map<String, Lead> way, List<Destination> reached) {
        boolean keeps = account.keeps() || message.getReversePath().isEmpty();
        // RFC 3461 §5.2.7: as for an alias.
        Recipient asked = account.forwards().size() == 1 && !keeps ? recipient : Wish.withoutSuccess(recipient);
        if (keeps) {
            reached.add(copy(asked.toBuilder().setOwnCopy(true).build(), account));
        }
        boolean leads = keeps;
        for (String target : account.forwards()) {
            leads |= walk(asked.toBuilder().setAddress(target).setOriginal(original(recipient)).setForwardedBy(recipient.getAddress()).build(),
                    meanings, way, reached) == Lead.SOMEWHERE;
        }
        return leads;
    }

    private static Destination copy(Recipient recipient, Meaning.Account account) {
        return account.filing().copy() == Filing.Copy.DISCARDED ? new Destination.Discarded(recipient, account.id(), account.filing().said())
                : new Destination.Local(recipient, account.id(), account.address(), account.absence(), account.filing());
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
            case Destination.Discarded discarded -> discarded.account();
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
