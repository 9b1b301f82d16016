package org.postel.smtp.policy;

import java.util.Optional;
import org.postel.mail.ReversePath;
import org.postel.smtp.command.SenderRules;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

/**
 * Whoever logged in sends as one of the account's own addresses (RFC 6409 §6.1; SAFETY row 10), or with the null path, as
 * RFC 8098 §3 wants for read receipts. Strangers send as anybody: whether that is true is for SPF and DKIM to say.
 */
public final class OwnAddresses implements SenderRules {

    static final Reply NOT_YOURS = Reply.of(553, "5.7.1", "Sender address is not one of this account");

    @Override
    public Optional<Reply> refusal(Login login, ReversePath from) {
        return switch (login) {
            case Login.Anonymous ignored -> Optional.empty();
            case Login.Authenticated(var account) -> switch (from) {
                case ReversePath.Null ignored -> Optional.empty();
                case ReversePath.Sender(var mailbox) when account.addresses().contains(mailbox.canonical()) -> Optional.empty();
                case ReversePath.Sender ignored -> Optional.of(NOT_YOURS);
            };
        };
    }
}
