package org.postel.mail.dsn;

/**
 * What another mail server said.
 *
 * @param host  its name
 * @param reply its SMTP reply as it came, of any number of lines; empty when it said nothing
 */
public record RemoteAnswer(String host, String reply) {
}
