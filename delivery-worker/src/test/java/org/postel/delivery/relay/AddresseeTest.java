package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddresseeTest {

    @ParameterizedTest
    @CsvSource({
        "bob@b\u00fccher.example, bob@xn--bcher-kva.example",
        "Bob@Example.org, Bob@Example.org",
        "j\u00fcrgen@b\u00fccher.example, j\u00fcrgen@b\u00fccher.example",
        "bob@[192.0.2.1], bob@[192.0.2.1]",
        "'', ''"
    })
    void onlyADomainOfOtherLettersIsWrittenInPlainOnes(String address, String plain) {
        assertEquals(plain, Addressee.plainDomain(address));
    }
}
