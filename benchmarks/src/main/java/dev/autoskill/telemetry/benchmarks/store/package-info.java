/** How many events a second come into the database, and how large it grows. */
package dev.autoskill.telemetry.benchmarks.store;
