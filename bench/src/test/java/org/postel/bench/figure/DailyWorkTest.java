package org.postel.bench.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.postel.bench.report.Metric;
import org.postel.engines.SourceTree;

/** What the bench calls the model is what the page says. */
class DailyWorkTest {

    @Test
    void aDayIsThatOfThePage() throws IOException {
        String page = Files.readString(SourceTree.find().root().resolve("docs/scaling.md"));
        for (String row : List.of("| message accepted, judged and delivered | 40 | 3.22 + ", "| message sent | 10 | 3.22 |", "| message fetched | 60 | 0.42 |",
                "STATUS | 144 | 1.08 |", "deleted | 50 | 1.71 |", "| log-in with SELECT | 6 | 4.39 |")) {
            assertTrue(page.contains(row), row);
        }
        assertEquals(List.of(50, 60, 50, 144, 6), Arrays.stream(DailyWork.values()).map(work -> work.times(1)).toList());
        assertEquals(10 * (50 * 3.22 + 60 * 0.42 + 50 * 1.71 + 144 * 1.08 + 6 * 4.39), Arrays.stream(DailyWork.values()).mapToDouble(work -> work.paper(10)).sum(), 0.001);
    }

    @Test
    void whatIsUsedAddsUp() {
        Metric cpu = new Metric("kafka: CPU", "s");
        Metric disk = new Metric("kafka: written to disk", "MB");
        Used one = new Used(Map.of(cpu, 3.0, disk, 10.0)).minus(new Used(Map.of(cpu, 1.0)));
        assertEquals(Map.of(cpu, 4.0, disk, 20.0), one.plus(one).amounts());
        assertEquals(2, one.cpu());
    }
}
