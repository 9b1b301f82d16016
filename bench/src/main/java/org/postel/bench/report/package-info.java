/**
 * Values and what is printed of them: percentiles, medians, the table. Pure; imports nothing of Postel.
 * Invariant: a figure that was not measured is shown as such, never as zero.
 */
package org.postel.bench.report;
