package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.postel.smtp.command.AuthCommand;
import org.postel.smtp.syntax.Reply;

class SessionLimitsTest {

    @Test
    void aLoginFailsByTheClientsFaultOrByNone() {
        assertTrue(SessionLimits.loginFailed(AuthCommand.WRONG));
        assertTrue(SessionLimits.loginFailed(AuthCommand.RATE_LIMITED));
        assertFalse(SessionLimits.loginFailed(Reply.of(235, "2.7.0", "Authentication succeeded")));
        assertFalse(SessionLimits.loginFailed(Reply.of(454, "4.7.0", "Temporary authentication failure")));
    }
}
