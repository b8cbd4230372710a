/** The types that the author of a skill writes. This package depends on nothing but the JDK. */
package dev.autoskill.telemetry.annotations;
