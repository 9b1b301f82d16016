package org.postel.delivery.smtp;

/**
 * A recipient of a message as it is sent.
 *
 * @param address forward-path without angle brackets
 * @param notifyOn the NOTIFY parameter of RFC 3461 §4.1 as received, empty when there was none
 * @param originalRecipient the ORCPT parameter of RFC 3461 §4.2 as received, empty when there was none
 */
public record To(String address, String notifyOn, String originalRecipient) {

    /** Of whom the sender said nothing else. */
    public static To of(String address) {
        return new To(address, "", "");
    }
}
