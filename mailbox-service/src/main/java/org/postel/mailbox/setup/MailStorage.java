package org.postel.mailbox.setup;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.content.ContentSweeper;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.LinksLater;
import org.postel.mailbox.content.PromisedLinks;
import org.postel.mailbox.intake.MailIntake;
import org.postel.mailbox.metadata.AccountMetadata;
import org.postel.mailbox.search.ContentScan;
import org.postel.mailbox.search.MailboxOrder;
import org.postel.mailbox.search.MailboxSearch;
import org.postel.mailbox.search.SearchSources;
import org.postel.mailbox.search.SearchTimes;
import org.postel.mailbox.search.TextIndex;
import org.postel.mailbox.storage.CommitListener;
import org.postel.mailbox.storage.Intake;
import org.postel.mailbox.storage.Mailboxes;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.Metadata;
import org.postel.mailbox.storage.Quotas;
import org.postel.mailbox.storage.Restored;
import org.postel.mailbox.storage.Sweeper;
import org.postel.mailbox.store.MailboxCopier;
import org.postel.mailbox.store.MailboxPurge;
import org.postel.mailbox.store.MailboxReader;
import org.postel.mailbox.store.MailboxStore;
import org.postel.mailbox.store.MailboxWriter;
import org.postel.mailbox.store.RestoredMailboxes;
import org.postel.mailbox.store.StoreConfig;
import org.postel.mailbox.store.SummaryReader;
import org.postel.mailbox.store.VanishedReader;
import org.postel.mailbox.store.WholeMessages;
import org.postel.mailbox.tree.AccountTrees;

/** The mail store of one pod. */
public final class MailStorage implements AutoCloseable {

    private final MailboxStore store;
    private final Mailboxes mailboxes;
    private final AccountTrees trees;
    private final Intake intake;
    private final Sweeper sweeper;
    private final AccountMetadata metadata;
    private final Restored restored;

    /**
     * @param cassandra the session, opened when it is first asked for
     * @param listener  is told of each commit
     * @param awaited   whether a message that is in no mailbox may still be delivered long after it was accepted
     */
    public MailStorage(Supplier<CqlSession> cassandra, StoreConfig config, CommitListener listener, Predicate<UUID> awaited, Clock clock) {
        Cql cql = new Cql(cassandra);
        Contents contents = new Contents(cql, clock, config.chunksInFlight(), config.grace(), config.contentCache().asLongValue());
        this.store = new MailboxStore(cql, contents, config, listener, clock);
        MailboxReader reader = new MailboxReader(store);
        SummaryReader summaries = new SummaryReader(store, reader);
        MailboxCopier copier = new MailboxCopier(store, new LinksLater(new PromisedLinks(contents), config.linkPause()), config.copyOctets().asLongValue());
        SearchSources sources = new SearchSources(reader, summaries, TextIndex.NONE, new ContentScan(reader, config.searchHands()));
        SearchTimes times = new SearchTimes(config.searchTime(), config.searchSilence());
        MailboxSearch search = new MailboxSearch(sources, times);
        MailboxOrder order = new MailboxOrder(sources, times, config.sortedMessages());
        MailboxPurge purge = new MailboxPurge(cql, store, contents, clock, config.grace());
        this.trees = new AccountTrees(cql, store, copier, config, listener, clock);
        this.mailboxes = new StoredMailboxes(store, reader, new VanishedReader(store), summaries, new WholeMessages(store, reader, summaries), search, order,
                new MailboxWriter(store), copier, trees);
        this.metadata = new AccountMetadata(cql, new AccountMetadata.Limits(config.metadata().value().asLongValue(), config.metadata().entries(),
                config.metadata().octets().asLongValue()), listener);
        this.intake = new MailIntake(contents, store, trees, config, clock);
        ContentSweeper content = new ContentSweeper(contents, clock, config.grace(), purge::holds, awaited);
        this.restored = new RestoredMail(trees, new RestoredMailboxes(cql, store));
        this.sweeper = new StorageSweeper(trees, purge, metadata, content, clock, config.grace());
    }

    /** Lets other instances write to all mailboxes at once; to be called when no call is under way any more. */
    @Override
    public void close() {
        store.close();
    }

    public Mailboxes mailboxes() {
        return mailboxes;
    }

    public MailboxTrees trees() {
        return trees;
    }

    public Quotas quotas() {
        return trees.quotas();
    }

    public Metadata metadata() {
        return metadata;
    }

    public Intake intake() {
        return intake;
    }

    public Sweeper sweeper() {
        return sweeper;
    }

    public Restored restored() {
        return restored;
    }
}
