package org.postel.mailbox.intake;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResponse;
import org.postel.mailbox.api.v1.DeliverResult;
import org.postel.mailbox.api.v1.DeliverResult.Outcome;
import org.postel.mailbox.api.v1.DeliverTo;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.ContentWriter;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.content.MessageScan;
import org.postel.mailbox.content.MessageSummaries;
import org.postel.mailbox.storage.Quotas;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxStore;
import org.postel.mailbox.store.NewMessage;
import org.postel.mailbox.store.StoreConfig;
import org.postel.mailbox.store.Uuids;
import org.postel.tracing.Span;

/** One message to some mailboxes: its content once, with a link for each, then a row in each. */
final class Deliveries {

    private static final Logger LOG = Logger.getLogger(Deliveries.class);

    private final Contents contents;
    private final MailboxStore store;
    private final DeliveryTargets targets;
    private final Quotas quotas;
    private final StoreConfig config;

    Deliveries(Contents contents, MailboxStore store, DeliveryTargets targets, Quotas quotas, StoreConfig config) {
        this.contents = contents;
        this.store = store;
        this.targets = targets;
        this.quotas = quotas;
        this.config = config;
    }

    /** A recipient whose mailbox was found, and from which UID on it was not searched for the message. */
    private record Open(int index, DeliverTo to, UUID account, UUID mailbox, long from, Quotas.Room room) {}

    private record Content(long size, MessageScan.Scanned scanned) {}

    DeliverResponse deliver(DeliverRequest request) {
        UUID message = Uuids.of(request.getMessageId());
        if (request.getInline().size() > config.messageSize().asLongValue()) {
            throw new StoreException(Problem.LIMIT, "message too large");
        }
        List<DeliverResult> results = Collections.synchronizedList(new ArrayList<>());
        List<Open> open = new ArrayList<>();
        try {
            for (DeliverTo to : request.getToList()) {
                results.add(result(Outcome.DELIVERED, ""));
                int index = results.size() - 1;
                attempt(results, index, message, () -> find(request, message, index, to).ifPresent(open::add));
            }
            if (!open.isEmpty()) {
                Optional<Content> content = content(request, message, open, results);
                content.ifPresent(there -> each(open, one ->
                        attempt(results, one.index, message, () -> results.set(one.index, file(request, message, one, there)))));
            }
        } finally {
            open.forEach(one -> one.room.close());
        }
        return DeliverResponse.newBuilder().addAllResults(results).build();
    }

    /** Several mailboxes at the same time: each waits for a commit of its own. What one step throws fails the call. */
    private static void each(List<Open> open, Consumer<Open> step) {
        if (open.size() == 1) {
            step.accept(open.getFirst());
            return;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(open.stream().map(one -> CompletableFuture.runAsync(Span.carried(() -> step.accept(one)), threads))
                    .toArray(CompletableFuture[]::new)).join();
        }
    }

    /**
     * Empty when the message is there already. Each delivery is looked for, whatever the worker believes: a broker that dies
     * forgets how often it handed a record out, and a call that was given up may still be under way here.
     */
    private Optional<Open> find(DeliverRequest request, UUID message, int index, DeliverTo to) {
        UUID account = Uuids.of(to.getAccountId());
        UUID mailbox = existing(account, to);
        if (to.getOrInbox() && isThere(account, targets.inbox(account), message, request)) {
            return Optional.empty();
        }
        MailboxStore.Delivery before = store.findDelivery(account, mailbox, message, request.getAcceptedAt());
        if (before.found()) {
            return Optional.empty();
        }
        long size = request.getContentCase() == DeliverRequest.ContentCase.INLINE ? request.getInline().size() : request.getClaimedSize();
        Quotas.Room room = quotas.admit(account, to.getPrefix().size() + size, 1);
        return Optional.of(new Open(index, to, account, mailbox, before.from(), room));
    }

    /** What could not be filed once is in INBOX, and stays there when it comes again and could be filed now. */
    private boolean isThere(UUID account, UUID inbox, UUID message, DeliverRequest request) {
        return store.findDelivery(account, inbox, message, request.getAcceptedAt()).found();
    }

    private UUID existing(UUID account, DeliverTo to) {
        UUID mailbox = targets.mailbox(to);
        try {
            store.uidFrom(account, mailbox);
            return mailbox;
        } catch (StoreException e) {
            targets.forget(to);
            return targets.mailbox(to);
        }
    }

    /** Empty when it could not be stored: then nobody has the message. */
    private Optional<Content> content(DeliverRequest request, UUID message, List<Open> open, List<DeliverResult> results) {
        try {
            return Optional.of(stored(request, message, open));
        } catch (StoreException e) {
            LOG.debugf(e, "content of %s", message);
            open.forEach(one -> results.set(one.index, result(Outcome.TEMPORARY_FAILURE, e.getMessage())));
            return Optional.empty();
        }
    }

    private Content stored(DeliverRequest request, UUID message, List<Open> open) {
        List<Link> links = open.stream().map(one -> Link.delivery(one.mailbox, store.uidFrom(one.account, one.mailbox))).distinct().toList();
        if (request.getContentCase() == DeliverRequest.ContentCase.INLINE) {
            ContentWriter writer = contents.write(message, config.grace());
            writer.write(request.getInline());
            return new Content(writer.size(), writer.finish(links));
        }
        OptionalLong size = contents.link(message, links);
        if (size.isEmpty() || size.getAsLong() != request.getClaimedSize()) {
            throw new StoreException(Problem.NOT_FOUND, "the content that was put is not there");
        }
        MessageScan scan = new MessageScan();
        contents.read(message, 0, Long.MAX_VALUE, scan::update);
        return new Content(size.getAsLong(), scan.finish());
    }

    private DeliverResult file(DeliverRequest request, UUID message, Open one, Content content) {
        UUID inbox = one.to.getOrInbox() ? targets.inbox(one.account) : one.mailbox;
        try {
            put(request, message, one, content);
            return result(Outcome.DELIVERED, "").toBuilder().setInInbox(wantsElsewhere(one.to) && one.mailbox.equals(inbox)).build();
        } catch (StoreException e) {
            boolean plain = one.mailbox.equals(inbox) && one.to.getFlagsCount() == 0;
            if (!one.to.getOrInbox() || plain || e.problem() == Problem.UNAVAILABLE || e.problem() == Problem.OVER_QUOTA) {
                throw e;
            }
            LOG.debugf(e, "%s is not filed", message);
            putInInbox(request, message, one, content, inbox);
            return result(Outcome.DELIVERED, "").toBuilder().setInInbox(true).build();
        }
    }

    private static boolean wantsElsewhere(DeliverTo to) {
        return !to.getMailbox().isEmpty() || !to.getMailboxId().isEmpty();
    }

    private void putInInbox(DeliverRequest request, UUID message, Open one, Content content, UUID inbox) {
        long from = store.findDelivery(one.account, inbox, message, request.getAcceptedAt()).from();
        if (contents.link(message, List.of(Link.delivery(inbox, from))).isEmpty()) {
            throw new StoreException(Problem.UNAVAILABLE, "the content went away");
        }
        DeliverTo plain = one.to.toBuilder().clearMailbox().clearMailboxId().clearFlags().build();
        put(request, message, new Open(one.index, plain, one.account, inbox, from, one.room), content);
    }

    private void put(DeliverRequest request, UUID message, Open one, Content content) {
        ByteString prefix = one.to.getPrefix();
        ByteString summary = NewMessage.bounded(MessageSummaries.of(content.scanned, prefix.size()), config.summary().asLongValue());
        NewMessage row = new NewMessage(message, Link.delivery(one.mailbox, 0), prefix.size() + content.size, request.getAcceptedAt(), 0,
                one.to.getFlagsList(), prefix, summary);
        store.deliver(one.account, one.mailbox, row, one.from);
    }

    private static void attempt(List<DeliverResult> results, int index, UUID message, Runnable step) {
        try {
            step.run();
        } catch (StoreException e) {
            LOG.debugf(e, "delivery of %s", message);
            results.set(index, result(outcome(e.problem()), e.getMessage()));
        }
    }

    private static Outcome outcome(Problem problem) {
        return switch (problem) {
            case NOT_FOUND -> Outcome.NO_SUCH_ACCOUNT;
            case LIMIT, OVER_QUOTA -> Outcome.OVER_QUOTA;
            case ALREADY_EXISTS, FORBIDDEN, INVALID, PRECONDITION, LEASE_LOST, UNAVAILABLE -> Outcome.TEMPORARY_FAILURE;
        };
    }

    private static DeliverResult result(Outcome outcome, String detail) {
        return DeliverResult.newBuilder().setOutcome(outcome).setDetail(detail).build();
    }
}
