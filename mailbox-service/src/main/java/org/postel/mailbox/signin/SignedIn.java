package org.postel.mailbox.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.postel.mailbox.directory.Account;

/**
 * Who makes a request.
 *
 * @param account   as it is now
 * @param formToken what the forms of this session carry
 */
public record SignedIn(Account account, WebSession session, String formToken) {

    /** Whether a form is of this session; takes as long whatever was sent. */
    public boolean sent(String token) {
        return MessageDigest.isEqual(formToken.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "SignedIn[" + account + "]";
    }
}
