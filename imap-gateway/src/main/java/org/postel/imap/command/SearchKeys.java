package org.postel.imap.command;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.ViewSearch;
import org.postel.imap.syntax.SearchTerm;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.DayMatch;
import org.postel.mailbox.api.v1.HeaderMatch;
import org.postel.mailbox.api.v1.MomentMatch;
import org.postel.mailbox.api.v1.SearchKey;

/** Search terms as mailbox-service takes them: what only this session knows becomes UIDs. */
final class SearchKeys {

    private final MailboxView view;
    private final ViewSearch known;
    private final long now = System.currentTimeMillis();

    /** @param known answers what the view knows */
    SearchKeys(MailboxView view, ViewSearch known) {
        this.view = view;
        this.known = known;
    }

    SearchKey key(SearchTerm term) {
        SearchKey.Builder key = SearchKey.newBuilder();
        return switch (term) {
            case SearchTerm.All _ -> key.setAll(true).build();
            case SearchTerm.And and -> key.setAnd(keys(and.terms())).build();
            case SearchTerm.Or or -> key.setOr(keys(List.of(or.one(), or.other()))).build();
            case SearchTerm.Not not -> key.setNot(key(not.term())).build();
            case SearchTerm.Numbers _, SearchTerm.Uids _, SearchTerm.Recent _, SearchTerm.ModSeq _ ->
                    key.setUids(UidSet.toBytes(known.matches(term).orElseThrow())).build();
            case SearchTerm.Flag flag -> key.setFlag(view.spelling(flag.flag())).build();
            case SearchTerm.Header header -> key.setHeader(
                    HeaderMatch.newBuilder().setField(header.field()).setContains(header.contains())).build();
            case SearchTerm.Body body -> key.setBody(body.contains()).build();
            case SearchTerm.Text text -> key.setText(text.contains()).build();
            case SearchTerm.InternalDay day -> key.setInternalDay(day(day.relation(), day.day().toEpochDay())).build();
            case SearchTerm.SentDay day -> key.setSentDay(day(day.relation(), day.day().toEpochDay())).build();
            case SearchTerm.SavedDay day -> key.setSavedDay(day(day.relation(), day.day().toEpochDay())).build();
            case SearchTerm.Within within -> key.setArrived(MomentMatch.newBuilder()
                    .setSince(within.younger()).setMoment(now - TimeUnit.SECONDS.toMillis(within.seconds()))).build();
            case SearchTerm.Larger larger -> key.setLarger(larger.octets()).build();
            case SearchTerm.EmailId email -> key.setEmailId(email.message()).build();
            case SearchTerm.Smaller smaller -> key.setSmaller(smaller.octets()).build();
        };
    }

    private org.postel.mailbox.api.v1.SearchKeys keys(List<SearchTerm> terms) {
        return org.postel.mailbox.api.v1.SearchKeys.newBuilder().addAllKey(terms.stream().map(this::key).toList()).build();
    }

    private static DayMatch day(SearchTerm.Relation relation, long epochDay) {
        return DayMatch.newBuilder().setEpochDay((int) epochDay).setRelation(switch (relation) {
            case BEFORE -> DayMatch.Relation.BEFORE;
            case ON -> DayMatch.Relation.ON;
            case SINCE -> DayMatch.Relation.SINCE;
        }).build();
    }
}
