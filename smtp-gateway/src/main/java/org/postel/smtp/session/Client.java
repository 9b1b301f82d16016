package org.postel.smtp.session;

import org.postel.smtp.syntax.ClientName;

/**
 * Who said hello.
 *
 * @param name     the name it gave
 * @param extended whether with EHLO
 */
public record Client(ClientName name, boolean extended) {
}
