package org.postel.bench.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

import org.junit.jupiter.api.Test;

class ProcTextTest {

    @Test
    void memoryIsTheSumsOfTheMaps() {
        assertEquals(new MemoryMaps(2048, 1024), MemoryMaps.parse("""
                55d0-7ffd ---p 00000000 00:00 0                          [rollup]
                Rss:                   2 kB
                Pss:                   1 kB
                Pss_Dirty:           900 kB
                """));
    }

    @Test
    void onlyEstablishedConnectionsCount() {
        assertEquals(Set.of(4711L), Established.parse("""
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4710 1 0000 100 0 0 10 0
                   1: 0100007F:0BB8 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000 20 4 30 10 -1
                """));
        assertEquals(1, new OpenFiles(List.of("/dev/null", "socket:[4710]", "socket:[4711]", "")).among(Set.of(4711L)));
    }

    @Test
    void theHeapIsTheSumOfItsGenerations() {
        assertEquals(OptionalLong.of((4958 + 9524) * 1024), JavaHeap.parse("""
                14967:
                DefNew     total 9920K, used 4958K [0x00000000f4000000, 0x00000000f4ac0000, 0x00000000f8000000)
                 eden space 8832K,  47% used [0x00000000f4000000, 0x00000000f4417590, 0x00000000f48a0000)
                Tenured    total 21888K, used 9524K [0x00000000f8000000, 0x00000000f9560000, 0x0000000100000000)
                 the  space 21888K,  43% used [0x00000000f8000000, 0x00000000f894d090, 0x00000000f9560000)
                Metaspace       used 41234K, committed 41792K, reserved 1089536K
                """));
        assertEquals(OptionalLong.empty(), JavaHeap.parse("14967:\nThe VM does not support the attach mechanism\n"));
    }

    @Test
    void onlyThreadsThatCompileCount() {
        String rest = " S 1 1 1 0 -1 4194304 1 0 0 0 30 12 0 0 20 0 1 0 1 1 1";
        assertEquals(42, Compiling.ofCompiler("7 (C2 CompilerThre)" + rest));
        assertEquals(0, Compiling.ofCompiler("8 (kafka-producer-)" + rest));
    }

    @Test
    void processesAreAddedUp() {
        ProcessUse jvm = new ProcessUse(4, 3, OptionalLong.of(2), 10, 20, 1);
        ProcessUse other = new ProcessUse(4, 1, OptionalLong.empty(), 1, 1, 0);
        assertEquals(new ProcessUse(8, 4, OptionalLong.of(2), 11, 21, 1), ProcessUse.NOTHING.plus(other).plus(jvm));
    }

    @Test
    void whatIsWrittenToDiskIsAFieldOfIo() {
        assertEquals(4096, DiskWrites.octets("rchar: 1\nwchar: 99\nread_bytes: 8192\nwrite_bytes: 4096\ncancelled_write_bytes: 512\n"));
        assertEquals(0, DiskWrites.octets(""));
    }
}
