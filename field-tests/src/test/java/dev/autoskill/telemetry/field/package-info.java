/** Programs as users wrote them, woven in each way, and what is to be recorded of them. */
package dev.autoskill.telemetry.field;
