package org.postel.delivery.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3461 §4. */
class StatusParametersTest {

    @Test
    void nothingIsSaidOfWhatWasNotGiven() {
        assertEquals("", StatusParameters.ofMail(OutgoingMail.Wishes.NONE));
        assertEquals("", StatusParameters.ofRecipient(To.of("bob@example.org")));
    }

    /** SAFETY row 11: a parameter with a blank or a line end in it would be another one. */
    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\r\nDATA", "a=b", "a+b", "a+2b", "\u00e9", "a\u0000"})
    void whatIsNotXtextStaysHere(String value) {
        assertEquals("", StatusParameters.ofMail(new OutgoingMail.Wishes(value, value)));
        assertEquals("", StatusParameters.ofRecipient(new To("bob@example.org", value, "rfc822;" + value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NEVER,SUCCESS", "SUCCESS,", "NEVER NOTIFY=SUCCESS", "ALWAYS"})
    void whatIsNoNotifyStaysHere(String notify) {
        assertEquals("", StatusParameters.ofRecipient(new To("bob@example.org", notify, "")));
    }

    @Test
    void tooLongAnEnvelopeIdStaysHere() {
        assertEquals(" ENVID=" + "x".repeat(100), StatusParameters.ofMail(new OutgoingMail.Wishes("", "x".repeat(100))));
        assertEquals("", StatusParameters.ofMail(new OutgoingMail.Wishes("", "x".repeat(101))));
        assertEquals("", StatusParameters.ofRecipient(new To("b@example.org", "", "rfc822;" + "x".repeat(494))));
    }

    /** RFC 6533 §3. */
    @Test
    void anInternationalAddressIsWrittenForAnyServer() {
        assertEquals(" ORCPT=utf-8;jos\\x{E9}@example.org",
                StatusParameters.ofRecipient(new To("b@example.org", "", "utf-8;jos\u00e9@example.org")));
        assertEquals(" ORCPT=utf-8;jos\\x{E9}@example.org",
                StatusParameters.ofRecipient(new To("b@example.org", "", "utf-8;jos\\x{E9}@example.org")));
    }
}
