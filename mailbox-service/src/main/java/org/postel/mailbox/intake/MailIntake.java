package org.postel.mailbox.intake;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.postel.mailbox.api.v1.AppendResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResponse;
import org.postel.mailbox.api.v1.GetContentRequest;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.mailbox.api.v1.PutContentStart;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.content.MessageScan;
import org.postel.mailbox.content.MessageSummaries;
import org.postel.mailbox.storage.Intake;
import org.postel.mailbox.storage.Quotas;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.MailboxStore;
import org.postel.mailbox.store.NewMessage;
import org.postel.mailbox.store.StoreConfig;
import org.postel.mailbox.store.Uuids;
import org.postel.mailbox.tree.AccountTrees;

/** Takes mail in. */
public final class MailIntake implements Intake {

    private final Contents contents;
    private final MailboxStore store;
    private final StoreConfig config;
    private final Clock clock;
    private final Deliveries deliveries;
    private final Quotas quotas;

    public MailIntake(Contents contents, MailboxStore store, AccountTrees trees, StoreConfig config, Clock clock) {
        this.contents = contents;
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.deliveries = new Deliveries(contents, store, new DeliveryTargets(trees), trees.quotas(), config);
        this.quotas = trees.quotas();
    }

    @Override
    public Upload<PutContentResponse> put(PutContentStart start) {
        UUID message = Uuids.of(start.getMessageId());
        return new ContentUpload<>(contents.write(message, config.claim()), config.messageSize().asLongValue(), Quotas.Room.UNLIMITED, writer -> {
            writer.finish(List.of());
            return PutContentResponse.newBuilder().setSize(writer.size()).build();
        });
    }

    @Override
    public void get(GetContentRequest request, Consumer<ByteString> to) {
        UUID message = Uuids.of(request.getMessageId());
        if (contents.size(message).isEmpty()) {
            throw new StoreException(Problem.NOT_FOUND, "no such content");
        }
        contents.read(message, request.getOffset(), request.getLength() == 0 ? Long.MAX_VALUE : request.getLength(), to);
    }

    @Override
    public DeliverResponse deliver(DeliverRequest request) {
        return deliveries.deliver(request);
    }

    @Override
    public Upload<AppendResponse> append(UUID account, AppendStart start) {
        if (Long.compareUnsigned(start.getSize(), config.messageSize().asLongValue()) > 0) {
            throw new StoreException(Problem.LIMIT, "message too large");
        }
        UUID mailbox = Uuids.of(start.getMailboxId());
        Link link = Link.unique(mailbox, store.uidFrom(account, mailbox));
        Quotas.Room room = quotas.admit(account, start.getSize(), 1);
        UUID message = UUID.randomUUID();
        return new ContentUpload<>(contents.write(message, config.grace()), start.getSize(), room, writer -> {
            if (writer.size() != start.getSize()) {
                throw new StoreException(Problem.INVALID, "fewer octets than announced");
            }
            try (MailboxStore.Coming coming = store.coming(account, mailbox)) {
                return appended(coming, start, message, link, writer.finish(List.of(link)));
            }
        });
    }

    @Override
    public Batch appendAll(UUID account) {
        return new AppendedMessages(contents, store, quotas, config, account, clock.millis());
    }

    private AppendResponse appended(MailboxStore.Coming coming, AppendStart start, UUID message, Link link, MessageScan.Scanned scanned) {
        ByteString summary = NewMessage.bounded(MessageSummaries.of(scanned, 0), config.summary().asLongValue());
        long date = start.hasInternalDate() ? start.getInternalDate() : clock.millis();
        NewMessage row = new NewMessage(message, link, start.getSize(), date, start.getInternalDateZone(), start.getFlagsList(),
                ByteString.EMPTY, summary);
        MailboxStore.Added added = coming.add(List.of(row));
        return AppendResponse.newBuilder().setUidValidity(added.uidValidity()).setUid(added.uids().first()).setModseq(added.modseq()).build();
    }
}
