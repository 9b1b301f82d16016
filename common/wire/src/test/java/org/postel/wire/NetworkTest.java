package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true", "192.0.2.0/24, 192.0.3.0, false", "192.0.2.77, 192.0.2.77, true", "192.0.2.77, 192.0.2.78, false",
        "10.0.0.0/8, 10.255.0.1, true", "172.16.0.0/12, 172.31.255.255, true", "172.16.0.0/12, 172.32.0.0, false", "0.0.0.0/0, 8.8.8.8, true",
        "2001:db8::/32, 2001:db8:ffff::1, true", "2001:db8::/32, 2001:db9::, false", "::1, ::1, true", "::/0, 192.0.2.1, false",
        "0.0.0.0/0, 2001:db8::1, false", "192.0.2.0/24, ::ffff:192.0.2.9, true", " 192.0.2.0/25 , 192.0.2.127, true", "192.0.2.0/25, 192.0.2.128, false"})
    void anAddressIsInItOrNot(String network, String address, boolean inside) {
        assertEquals(inside, Network.parse(network).contains(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10/8", "192.0.2/24", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/", "192.0.2.0/24/1", "2001:db8::/129", "example.test",
        "fe80::1%lo", "192.0.2.256"})
    void nonsenseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Network.parse(text));
    }
}
