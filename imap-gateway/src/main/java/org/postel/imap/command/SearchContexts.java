package org.postel.imap.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.postel.imap.session.FixedNumbers;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.SessionState;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ReturnOptions.Option;
import org.postel.imap.syntax.SearchTerm;
import org.postel.imap.syntax.SequenceSet;
import org.postel.mailbox.api.MailboxServiceException;
import org.roaringbitmap.RoaringBitmap;

/** The searches whose results a client wants to be kept up to date, by tag: RFC 5267 §4.3. They end when the mailbox is left. */
final class SearchContexts {

    private static final Logger LOG = Logger.getLogger(SearchContexts.class);

    private static final Completion TAG_IN_USE = Completion.bad("A search with this tag is being kept up to date");
    private static final Completion NO_SUCH_SEARCH = Completion.bad("No search with such a tag is being kept up to date");

    /** Sets of message numbers that one search may have, each of which is looked up with every update. */
    private static final int MOST_SETS = 10;

    private final Conversation conversation;
    private final Map<String, SearchContext> byTag = new LinkedHashMap<>();

    /** What {@code $} stood for when the search that is being run came, which may save something else. */
    private RoaringBitmap saved = new RoaringBitmap();

    SearchContexts(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Before a search runs, and saves anything: RFC 5267 §4.3 wants a tag that is in use refused. */
    void check(ImapCommand.Finding search) throws Refused {
        if (search.asks(Option.UPDATE) && byTag.containsKey(conversation.tag())) {
            throw new Refused(TAG_IN_USE);
        }
        boolean names = search.asks(Option.UPDATE) && search.term().numbers().anyMatch(SequenceSet::saved);
        saved = names && conversation.state() instanceof SessionState.Selected selected
                ? selected.view().resolve(SequenceSet.SAVED, false) : new RoaringBitmap();
    }

    /** After a search was answered: keeps it up to date from here on, where that is wanted and may be. */
    void keep(ImapCommand.Finding search, Correlator correlator, MailboxView view, RoaringBitmap found) throws IOException {
        if (!search.asks(Option.UPDATE)) {
            return;
        }
        // Where results are sorted their places would have to be told: CONTEXT=SORT, which is not offered.
        boolean refused = search instanceof ImapCommand.Sort || search.term().numbers().count() > MOST_SETS
                || byTag.size() >= conversation.settings().extensions().searchContexts();
        if (refused) {
            refuse();
        } else {
            byTag.put(correlator.tag(), new SearchContext(correlator, search.term(), view, found, numbers(search.term(), view)));
        }
    }

    /** Where searches began with the same numbers these are in memory once. */
    private Optional<FixedNumbers> numbers(SearchTerm term, MailboxView view) {
        if (term.numbers().findAny().isEmpty()) {
            return Optional.empty();
        }
        FixedNumbers now = new FixedNumbers(view.uids(), saved);
        return byTag.values().stream().flatMap(context -> context.numbers().stream()).filter(now::equals).findFirst().or(() -> Optional.of(now));
    }

    /** RFC 5267 §4.3.1. */
    void refuse() throws IOException {
        refuse(conversation.tag(), "This search is not kept up to date");
    }

    private void refuse(String tag, String text) throws IOException {
        conversation.untagged(Completion.no("NOUPDATE \"" + tag + "\"", text));
    }

    /** All of them, or none where one of these tags is not known. */
    void cancel(Set<String> tags) throws Refused {
        if (!byTag.keySet().containsAll(tags)) {
            throw new Refused(NO_SUCH_SEARCH);
        }
        byTag.keySet().removeAll(tags);
    }

    void clear() {
        byTag.clear();
    }

    /** Before EXPUNGE is told, which takes away the numbers (RFC 5267 §4.3.4). */
    void expunged(MailboxView view) throws IOException {
        if (byTag.isEmpty()) {
            return;
        }
        RoaringBitmap gone = view.untoldGone();
        for (SearchContext context : byTag.values()) {
            context.expunged(conversation, view, gone);
        }
    }

    /** After the client was told of all else, EXISTS above all (RFC 5267 §4.3.3). */
    void update(MailboxView view) throws IOException {
        for (SearchContext context : List.copyOf(byTag.values())) {
            if (!updated(context, view)) {
                end(context);
            }
        }
    }

    /** From here on no message numbers are told: RFC 9586 §3. */
    void numbersEnd() throws IOException {
        for (SearchContext context : List.copyOf(byTag.values())) {
            if (!context.uid()) {
                end(context);
            }
        }
    }

    private void end(SearchContext context) throws IOException {
        byTag.remove(context.tag());
        refuse(context.tag(), "This search is kept up to date no longer");
    }

    /** Whether it goes on. An outage passes; whatever else it is, such as a limit, would come again with each report. */
    private boolean updated(SearchContext context, MailboxView view) throws IOException {
        try {
            return context.update(conversation, view);
        } catch (MailboxServiceException e) {
            // It is tried again with the next report: what has changed stays known.
            LOG.debugf("results of a search are not brought up to date: %s", e.getMessage());
            return e.reason() == MailboxServiceException.Reason.UNAVAILABLE || e.reason() == MailboxServiceException.Reason.ABORTED;
        }
    }
}
