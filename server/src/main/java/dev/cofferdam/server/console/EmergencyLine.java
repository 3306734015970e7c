package dev.cofferdam.server.console;

/** That an operator reads in the tenant; times once for machines and once for people. */
public record EmergencyLine(
    String id, String operator, String reason, String untilAt, String until) {}
