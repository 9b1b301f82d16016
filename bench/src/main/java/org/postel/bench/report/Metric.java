package org.postel.bench.report;

/**
 * What is measured: a row of the table.
 *
 * @param label for a reader
 * @param unit of its values
 */
public record Metric(String label, String unit) {
}
