package org.postel.smtp.server;

import org.postel.smtp.command.AuthCommand;
import org.postel.smtp.command.DataCommand;
import org.postel.smtp.command.MailCommand;
import org.postel.smtp.command.MessageIntake;
import org.postel.smtp.command.RcptCommand;

/**
 * The verbs that need the outside world; shared by all sessions.
 *
 * @param intake for BDAT, which each session has of its own
 */
record Commands(MailCommand mail, RcptCommand rcpt, DataCommand data, AuthCommand auth, MessageIntake intake) {
}
