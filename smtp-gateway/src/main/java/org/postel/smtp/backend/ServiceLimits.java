package org.postel.smtp.backend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.AllowRequest;
import org.postel.mailbox.api.v1.AllowResponse;
import org.postel.mailbox.api.v1.Allowance;
import org.postel.mailbox.api.v1.OverLimit;
import org.postel.smtp.command.SendingLimits;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

/** Limits that mailbox-service counts over all gateways; what it grants in advance is used up here before it is asked again. */
public final class ServiceLimits implements SendingLimits {

    private static final Logger LOG = Logger.getLogger(ServiceLimits.class);
    private static final int MOST = 50_000;

    private final DirectoryClient client;
    private final Cache<String, Rest> rests = Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(Duration.ofMinutes(2)).build();

    public ServiceLimits(DirectoryClient client) {
        this.client = client;
    }

    /** What one account may still send without asking. Its sessions ask one after the other, and the others then use the answer. */
    private static final class Rest {
        private final ReentrantLock lock = new ReentrantLock();
        private int messages;
        private int recipients;
        private long end;

        private boolean take(int wanted) {
            if (messages < 1 || recipients < wanted || System.nanoTime() - end > 0) {
                return false;
            }
            messages--;
            recipients -= wanted;
            return true;
        }

        private void refill(Allowance allowance) {
            messages = allowance.getMessages();
            recipients = allowance.getRecipients();
            end = System.nanoTime() + Duration.ofSeconds(allowance.getSeconds()).toNanos();
        }
    }

    @Override
    public Optional<Reply> refusal(Login login, int recipients) {
        return switch (login) {
            case Login.Anonymous ignored -> Optional.empty();
            case Login.Authenticated(var account) -> refusal(account.address(), recipients);
        };
    }

    private Optional<Reply> refusal(String account, int recipients) {
        Rest rest = rests.get(account, absent -> new Rest());
        rest.lock.lock();
        try {
            if (rest.take(recipients)) {
                return Optional.empty();
            }
            AllowResponse answer = client.allow(AllowRequest.newBuilder().setAccount(account).setRecipients(recipients).build());
            if (answer.hasRefused()) {
                return Optional.of(reply(answer.getRefused()));
            }
            rest.refill(answer.getGranted());
            rest.take(recipients);
            return Optional.empty();
        } catch (MailboxServiceException e) {
            // A limit keeps order; mail of somebody who is known and checked does not wait for it.
            LOG.warnf("a message is not counted: %s", e.getMessage());
            return Optional.empty();
        } finally {
            rest.lock.unlock();
        }
    }

    private static Reply reply(OverLimit over) {
        String most = over.getLimit() + (over.getOfRecipients() ? " recipients" : " messages") + (over.getInADay() ? " in a day" : " in an hour");
        String who = over.getOfDomain() ? "Your domain" : "This account";
        return over.getSeconds() == 0
            ? Reply.of(550, "5.7.1", "Too many recipients: " + who.toLowerCase(Locale.ROOT) + " may send to " + most)
            : Reply.of(450, "4.7.1", who + " may send " + (over.getOfRecipients() ? "to " : "") + most + "; try again in "
                + (over.getSeconds() + 59) / 60 + " minutes");
    }
}
