package dev.cofferdam.planted.house.right.internal;

/** Promised to nobody outside its module. */
public class Hidden {}
