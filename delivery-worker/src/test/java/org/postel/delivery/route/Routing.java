package org.postel.delivery.route;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.postel.delivery.Fixture;
import org.postel.delivery.route.Directory.Meaning;
import org.postel.queue.v1.QueuedMessage;

/** A router among a directory, a mail store and a queue in memory, which the tests fill. */
abstract class Routing {

    final Fixture fixture = new Fixture();
    final Map<String, Meaning> directory = new HashMap<>();
    final Map<String, Meaning> remembered = new HashMap<>();
    final Map<String, Mailboxes.Stored> outcomes = new HashMap<>();
    final List<Mailboxes.Copy> delivered = new ArrayList<>();
    final List<Boolean> junk = new ArrayList<>();
    final Map<String, Filing> rules = new HashMap<>();
    boolean rulesAway;
    int storeFailures;
    int signingFailures;
    boolean fullBounces;

    void route(QueuedMessage message) throws InterruptedException {
        new Router(new RememberingDirectory(), this::file, this::deliver, fixture.contents, this::outgoing, fixture.queue, fixture.aftermath, fixture.traces,
                new RouteLimits(50, 10, 100, 64 * 1024, fullBounces, Duration.ofSeconds(1)), () -> false).route(message);
    }

    private String outgoing(QueuedMessage message) throws IOException {
        if (signingFailures-- > 0) {
            throw new IOException("nobody signs");
        }
        return "Signed: " + message.getRecipientsCount() + "\r\n";
    }

    /** Answers from {@link #remembered} until it is told to forget. */
    private final class RememberingDirectory implements Directory {

        @Override
        public List<String> sendersOfForwards(String reversePath, List<String> forwarders) {
            return forwarders.stream().map(forwarder -> reversePath + " for " + forwarder).toList();
        }

        @Override
        public List<Meaning> resolve(List<String> addresses) {
            return addresses.stream().map(address -> address.toLowerCase(Locale.ROOT))
                    .map(address -> remembered.getOrDefault(address, directory.getOrDefault(address, new Meaning.Elsewhere()))).toList();
        }

        @Override
        public void forget(List<String> addresses) {
            remembered.keySet().removeAll(addresses);
        }
    }

    private List<Mailboxes.Stored> deliver(QueuedMessage message, List<Mailboxes.Copy> copies) throws StoreUnavailableException {
        if (storeFailures-- > 0) {
            throw new StoreUnavailableException("down", null);
        }
        delivered.addAll(copies);
        copies.forEach(copy -> junk.add(message.getJunk()));
        return copies.stream().map(copy -> outcomes.getOrDefault(copy.account().toStringUtf8(), Mailboxes.Stored.DELIVERED)).toList();
    }

    void account(String address) {
        directory.put(address, new Meaning.Account(ByteString.copyFromUtf8(address), address, List.of(), true, Optional.empty(), false, Filing.PLAIN));
    }

    void forward(String address, boolean keeps, String... targets) {
        directory.put(address, new Meaning.Account(ByteString.copyFromUtf8(address), address, List.of(targets), keeps, Optional.empty(), false, Filing.PLAIN));
    }

    void rules(String address, Filing.Copy copy, String folder, String... targets) {
        directory.computeIfPresent(address, (name, known) -> {
            Meaning.Account account = (Meaning.Account) known;
            return new Meaning.Account(account.id(), address, account.forwards(), account.keeps(), account.absence(), true, Filing.PLAIN);
        });
        rules.put(address, new Filing(copy, folder, ByteString.EMPTY, List.of("\\Flagged"), List.of(targets), "rules: r"));
    }

    private List<Filing> file(QueuedMessage message, byte[] header, List<ByteString> accounts) throws StoreUnavailableException {
        if (rulesAway) {
            throw new StoreUnavailableException("down", null);
        }
        return accounts.stream().map(account -> rules.get(account.toStringUtf8())).toList();
    }

    List<String> deliveredTo() {
        return delivered.stream().map(copy -> copy.account().toStringUtf8()).toList();
    }

    void alias(String address, String... targets) {
        directory.put(address, new Meaning.Alias(List.of(targets)));
    }

    static String text(QueuedMessage message) {
        return message.getInline().toStringUtf8();
    }
}
