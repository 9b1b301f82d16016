package org.postel.imap.command;

import java.io.IOException;
import java.util.stream.IntStream;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.imap.syntax.ReturnOptions.Option;
import org.postel.imap.syntax.SortKey;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.SortChunk;
import org.postel.mailbox.api.v1.SortCriterion;
import org.postel.mailbox.api.v1.SortRequest;
import org.roaringbitmap.RoaringBitmap;

/** SORT, RFC 5256 §3, RFC 5957 and, with RETURN, RFC 5267 §3. What is found is found as by SEARCH, then sorted. */
final class SortCommand {

    private static final int PIECE = 16 << 10;

    private SortCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Sort sort) throws IOException, Refused {
        MailboxView view = conversation.selected().view();
        RoaringBitmap found = Finder.found(conversation, sort, new MessageLimit(conversation));
        if (sort.asks(Option.SAVE)) {
            // RFC 5182 §2.1: a search that fails, here by what comes next, saves an empty result.
            view.save(new RoaringBitmap());
        }
        int[] sorted = found.isEmpty() ? new int[0] : sorted(conversation, view, sort, found);
        if (sort.returns().isPresent()) {
            tell(conversation, sort, new Results(found, sort.returns().get()), sorted);
        } else {
            answer(conversation, view, sort, sorted);
        }
        return new Step(conversation.state(), Completion.ok("SORT completed"));
    }

    private static int[] sorted(Conversation conversation, MailboxView view, ImapCommand.Sort sort, RoaringBitmap found)
            throws IOException {
        SortRequest.Builder request = SortRequest.newBuilder().setMailboxId(view.mailboxId()).setUids(UidSet.toBytes(found));
        sort.by().forEach(key -> request.addBy(SortCriterion.newBuilder().setKey(key(key.name())).setReverse(key.reverse())));
        IntStream.Builder uids = IntStream.builder();
        try (Mail.Stream<SortChunk> chunks = conversation.mail().sort(request.build())) {
            InProgress progress = InProgress.of(conversation);
            while (chunks.hasNext()) {
                SortChunk chunk = chunks.next();
                chunk.getUidList().forEach(uids::add);
                progress.at(chunk.getLookedAt(), chunk.getLookedFor());
            }
        }
        return uids.build().filter(view.uids()::contains).toArray();
    }

    private static SortCriterion.Key key(SortKey.Name name) {
        return switch (name) {
            case ARRIVAL -> SortCriterion.Key.ARRIVAL;
            case CC -> SortCriterion.Key.CC;
            case DATE -> SortCriterion.Key.DATE;
            case FROM -> SortCriterion.Key.FROM;
            case SIZE -> SortCriterion.Key.SIZE;
            case SUBJECT -> SortCriterion.Key.SUBJECT;
            case TO -> SortCriterion.Key.TO;
            case DISPLAYFROM -> SortCriterion.Key.DISPLAYFROM;
            case DISPLAYTO -> SortCriterion.Key.DISPLAYTO;
        };
    }

    private static void tell(Conversation conversation, ImapCommand.Sort sort, Results results, int[] sorted) throws IOException {
        MailboxView view = conversation.selected().view();
        Correlator correlator = new Correlator(conversation.tag(), sort.uid());
        RoaringBitmap concerned = results.concerned(sorted);
        if (results.returns().asks(Option.SAVE)) {
            view.save(concerned);
        }
        if (results.returns().tells()) {
            new ExtendedAnswer(conversation, sort, correlator, view).write(results, sorted, concerned);
        }
        conversation.contexts().keep(sort, correlator, view, results.found());
    }

    private static void answer(Conversation conversation, MailboxView view, ImapCommand.Sort sort, int[] sorted) throws IOException {
        ResponseBuffer out = new ResponseBuffer().raw("* SORT");
        for (int uid : sorted) {
            out.sp().number(sort.uid() ? Integer.toUnsignedLong(uid) : view.numberOf(uid));
            if (out.size() > PIECE) {
                conversation.write(out.take());
            }
        }
        if (sort.term().mentionsModSeq() && sorted.length > 0) {
            out.raw(" (MODSEQ ").number(Finder.highestModseq(view, RoaringBitmap.bitmapOf(sorted))).raw(")");
        }
        conversation.write(out.crlf().take());
    }
}
