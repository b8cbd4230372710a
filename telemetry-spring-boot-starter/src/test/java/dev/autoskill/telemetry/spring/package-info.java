/** Tests with Spring Boot's own application contexts and servers, of each supported version. */
package dev.autoskill.telemetry.spring;
