package dev.cofferdam.planted.house;

import org.springframework.modulith.Modulithic;

/** A house of two modules, of which one reaches into the other. */
@Modulithic
public class House {}
