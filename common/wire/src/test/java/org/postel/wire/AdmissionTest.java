package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    @Test
    void whatIsAdmittedIsTakenBackWhenItIsClosed() {
        List<String> heard = new ArrayList<>();
        ConnectionLimits limits = new ConnectionLimits(10, 3, new Admission() {
            @Override
            public boolean admits(InetAddress client, InetAddress network, int open) {
                heard.add("+" + client.getHostAddress() + " of " + network.getHostAddress() + " " + open);
                return open < 3;
            }

            @Override
            public void left(InetAddress network, int open) {
                heard.add("-" + open);
            }
        });
        InetAddress client = InetAddress.ofLiteral("2001:db8::7");
        assertTrue(limits.admit(client));
        assertTrue(limits.admit(client));
        assertFalse(limits.admit(client));
        limits.release(client);
        limits.release(client);
        assertEquals(List.of("+2001:db8:0:0:0:0:0:7 of 2001:db8:0:0:0:0:0:0 1", "+2001:db8:0:0:0:0:0:7 of 2001:db8:0:0:0:0:0:0 2",
                "+2001:db8:0:0:0:0:0:7 of 2001:db8:0:0:0:0:0:0 3", "-1", "-0"), heard);
    }
}
