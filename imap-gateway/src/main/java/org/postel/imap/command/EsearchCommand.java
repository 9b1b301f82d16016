package org.postel.imap.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.SessionState;
import org.postel.imap.session.Step;
import org.postel.imap.session.ViewSearch;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.NotifyFilter;
import org.postel.imap.syntax.ReturnOptions;
import org.postel.imap.syntax.ReturnOptions.Option;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.wire.DrainingException;
import org.roaringbitmap.RoaringBitmap;

/**
 * ESEARCH, RFC 7377 §2: SEARCH in several mailboxes, one after the other. Of those that are not selected one is in memory at a time.
 * A mailbox in which nothing matches is not mentioned.
 */
final class EsearchCommand {

    private static final Completion TOO_MANY = Completion.no("LIMIT", "Too many mailboxes to be searched");

    private static final Completion TOO_LONG = Completion.no("LIMIT", "Not all mailboxes could be searched in time");

    /** These it is no error to be without: the mailbox went, or may not be read any more. */
    private static final Set<Reason> PASSED_OVER = Set.of(Reason.NOT_FOUND, Reason.PERMISSION_DENIED);

    private final Conversation conversation;
    private final ImapCommand.Esearch search;
    private final ReturnOptions returns;
    private final InProgress progress;
    private final long begun = System.nanoTime();
    private int done;
    private int goal;

    private EsearchCommand(Conversation conversation, ImapCommand.Esearch search) {
        this.conversation = conversation;
        this.search = search;
        this.returns = search.returns().orElse(ReturnOptions.ALL);
        this.progress = InProgress.of(conversation);
    }

    static Step run(Conversation conversation, ImapCommand.Esearch search) throws IOException, Refused {
        return new EsearchCommand(conversation, search).run();
    }

    private Step run() throws IOException, Refused {
        Finder.check(search);
        conversation.contexts().check(search);
        boolean selected = search.sources().stream().anyMatch(NotifyFilter.Selected.class::isInstance);
        List<Mailbox> others = new ArrayList<>(search.selectedOnly() ? List.of() : sources());
        selected |= others.removeIf(mailbox -> selectedView().filter(view -> view.mailboxId().equals(mailbox.getId())).isPresent());
        goal = others.size() + (selected ? 1 : 0);
        if (goal > conversation.settings().extensions().searchedMailboxes()) {
            throw new Refused(TOO_MANY);
        }
        Optional<Correlator> correlator = Optional.empty();
        RoaringBitmap found = new RoaringBitmap();
        if (selected) {
            correlator = Optional.of(new Correlator(conversation.tag(), true, Optional.of(conversation.selected().name().text())));
            found = selected(correlator.get());
        } else if (returns.asks(Option.UPDATE)) {
            // RFC 7377 §2.2: only the selected mailbox is kept up to date.
            conversation.contexts().refuse();
        }
        for (Mailbox mailbox : others) {
            goOn();
            other(mailbox);
        }
        if (correlator.isPresent()) {
            // Not before: of a search that failed nothing is kept.
            conversation.contexts().keep(search, correlator.get(), conversation.selected().view(), found);
        }
        return new Step(conversation.state(), Completion.ok("ESEARCH completed"));
    }

    /** Each mailbox has a limit of its own, the whole command none but this. */
    private void goOn() throws IOException, Refused {
        if (conversation.connection().draining()) {
            throw new DrainingException();
        }
        if (done > 0 && System.nanoTime() - begun >= conversation.settings().extensions().mailboxesTime().toNanos()) {
            throw new Refused(TOO_LONG);
        }
    }

    private Optional<MailboxView> selectedView() {
        return conversation.state() instanceof SessionState.Selected it ? Optional.of(it.view()) : Optional.empty();
    }

    /** RFC 7377 §2.2: whoever names a mailbox needs the right r, and l too who does not. */
    private List<Mailbox> sources() {
        return conversation.mail().tree().getMailboxesList().stream().filter(mailbox -> {
            MailboxRights rights = MailboxRights.of(mailbox);
            return mailbox.getSelectable() && rights.has('r') && search.sources().stream()
                    .anyMatch(source -> source.names(mailbox.getName(), mailbox.getSubscribed())
                            && (source instanceof NotifyFilter.Mailboxes || rights.has('l')));
        }).toList();
    }

    private RoaringBitmap selected(Correlator correlator) throws IOException, Refused {
        MailboxView view = conversation.selected().view();
        RoaringBitmap found = Finder.found(conversation, search, new MessageLimit(conversation));
        Results results = new Results(found, returns);
        if (returns.asks(Option.SAVE)) {
            view.save(results.concerned());
        }
        tell(view, results, correlator);
        done++;
        return found;
    }

    private void other(Mailbox mailbox) throws IOException, Refused {
        try {
            MailboxView view = new MailboxView(mailbox.getId(), CatchUp.open(conversation.mail(), mailbox.getId(), false));
            ViewSearch known = new ViewSearch(view);
            RoaringBitmap among = Finder.among(search, known, new MessageLimit(conversation));
            RoaringBitmap found = Finder.matching(conversation, view, known, search.term(), among, (_, _) -> progress.at(done, goal));
            tell(view, new Results(found, returns), new Correlator(conversation.tag(), true, Optional.of(mailbox.getName())));
        } catch (MailboxServiceException e) {
            if (!PASSED_OVER.contains(e.reason())) {
                throw e;
            }
        }
        progress.at(++done, goal);
    }

    private void tell(MailboxView view, Results results, Correlator correlator) throws IOException {
        if (returns.tells() && !results.found().isEmpty()) {
            new ExtendedAnswer(conversation, search, correlator, view).write(results, results.concerned());
        }
    }
}
