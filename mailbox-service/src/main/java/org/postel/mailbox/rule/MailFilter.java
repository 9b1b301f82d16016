package org.postel.mailbox.rule;

import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.postel.mail.rule.RuleSet;
import org.postel.mail.rule.Verdict;
import org.postel.mailbox.api.v1.Filing;
import org.postel.mailbox.api.v1.FilterRequest;
import org.postel.mailbox.api.v1.FilterResponse;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** Says what the rules of accounts say of a message, as they were when it was accepted. */
public final class MailFilter {

    private static final Logger LOG = Logger.getLogger(MailFilter.class);
    private static final int MOST_ACCOUNTS = 1_000;
    private static final int LONGEST_HEADER = 512 << 10;

    private final RuleStore store;

    public MailFilter(RuleStore store) {
        this.store = store;
    }

    /**
     * One answer for each account. Rules that cannot be read keep the mail in INBOX.
     *
     * @throws StoreException INVALID when too much is asked; UNAVAILABLE when nobody can say now
     */
    public FilterResponse filter(FilterRequest request) {
        if (request.getAccountIdCount() > MOST_ACCOUNTS || request.getHeader().size() > LONGEST_HEADER
                || request.getAccountIdList().stream().anyMatch(id -> id.size() != Long.BYTES * 2)) {
            throw new StoreException(Problem.INVALID, "at most " + MOST_ACCOUNTS + " accounts and a header of " + LONGEST_HEADER + " octets");
        }
        byte[] header = request.getHeader().toByteArray();
        Instant accepted = Instant.ofEpochMilli(request.getAcceptedAt());
        FilterResponse.Builder response = FilterResponse.newBuilder();
        request.getAccountIdList().forEach(id -> response.addFilings(filing(RuleRecords.id(id), header, request.getSize(), accepted)));
        return response.build();
    }

    private Filing filing(UUID account, byte[] header, long size, Instant accepted) {
        try {
            return filing(store.at(account, accepted).map(RuleRecords::rules).orElse(RuleSet.NONE).of(header, size));
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf(e, "the rules of account %s cannot be read: its mail stays in INBOX", account);
            return Filing.newBuilder().setTrouble("the rules cannot be read").build();
        }
    }

    private static Filing filing(Verdict verdict) {
        Filing.Builder filing = Filing.newBuilder().setCopy(Filing.Copy.valueOf(verdict.copy().name()))
                .addAllFlags(verdict.flags()).addAllForward(verdict.forwards()).addAllApplied(verdict.applied())
                .setTrouble(verdict.cutOff() ? "the rules take too long for this message" : "");
        verdict.folder().ifPresent(folder -> filing.setMailbox(folder.name()).setMailboxId(RuleRecords.octets(folder)));
        return filing.build();
    }
}
