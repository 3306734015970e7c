package dev.cofferdam.review;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.audit.AppendOnly;
import dev.cofferdam.review.audit.Dumps;
import dev.cofferdam.review.audit.Erasure;
import dev.cofferdam.review.audit.Floods;
import dev.cofferdam.review.audit.Losses;
import dev.cofferdam.review.audit.Mirrors;
import dev.cofferdam.review.audit.Operations;
import dev.cofferdam.review.audit.Rewritings;
import dev.cofferdam.review.audit.SplitViews;
import dev.cofferdam.review.edge.Answers;
import dev.cofferdam.review.edge.Bodies;
import dev.cofferdam.review.edge.Comparisons;
import dev.cofferdam.review.edge.Encryption;
import dev.cofferdam.review.edge.Heads;
import dev.cofferdam.review.edge.Names;
import dev.cofferdam.review.edge.Rooms;
import dev.cofferdam.review.egress.Addresses;
import dev.cofferdam.review.identity.BoundTokens;
import dev.cofferdam.review.identity.ClientGrants;
import dev.cofferdam.review.identity.CrossSite;
import dev.cofferdam.review.identity.DevicePhishing;
import dev.cofferdam.review.identity.DeviceTokens;
import dev.cofferdam.review.identity.ExchangedKeys;
import dev.cofferdam.review.identity.Exchanges;
import dev.cofferdam.review.identity.ForgedTokens;
import dev.cofferdam.review.identity.Guesses;
import dev.cofferdam.review.identity.Introspections;
import dev.cofferdam.review.identity.LostKeys;
import dev.cofferdam.review.identity.OtherIssuers;
import dev.cofferdam.review.identity.OwnProviders;
import dev.cofferdam.review.identity.Siblings;
import dev.cofferdam.review.identity.Tokens;
import dev.cofferdam.review.identity.TwoTabs;
import dev.cofferdam.review.identity.Unproven;
import dev.cofferdam.review.identity.WeakSignIns;
import dev.cofferdam.review.identity.WiderScopes;
import dev.cofferdam.review.isolation.Bindings;
import dev.cofferdam.review.isolation.ClosedTenants;
import dev.cofferdam.review.isolation.Existence;
import dev.cofferdam.review.isolation.ForeignReads;
import dev.cofferdam.review.isolation.ForeignThings;
import dev.cofferdam.review.isolation.Functions;
import dev.cofferdam.review.isolation.HttpInjections;
import dev.cofferdam.review.isolation.Injections;
import dev.cofferdam.review.isolation.Leftovers;
import dev.cofferdam.review.isolation.LookAlikes;
import dev.cofferdam.review.isolation.NamedTenants;
import dev.cofferdam.review.isolation.Oracles;
import dev.cofferdam.review.isolation.Outsiders;
import dev.cofferdam.review.isolation.Placements;
import dev.cofferdam.review.isolation.Remembered;
import dev.cofferdam.review.isolation.Requests;
import dev.cofferdam.review.isolation.SharedPool;
import dev.cofferdam.review.isolation.Tenants;
import dev.cofferdam.review.isolation.Unowned;
import dev.cofferdam.review.keys.AtRest;
import dev.cofferdam.review.keys.Destructions;
import dev.cofferdam.review.keys.RootKeys;
import dev.cofferdam.review.keys.Rotations;
import dev.cofferdam.review.nodes.FormerKeys;
import dev.cofferdam.review.nodes.NodesAsPeople;
import dev.cofferdam.review.nodes.Registrations;
import dev.cofferdam.review.operations.Drifts;
import dev.cofferdam.review.operations.Outages;
import dev.cofferdam.review.operations.Starts;
import dev.cofferdam.review.operations.Supply;
import dev.cofferdam.review.operators.Operators;
import dev.cofferdam.review.operators.Visits;
import dev.cofferdam.review.people.Deletions;
import dev.cofferdam.review.people.Endings;
import dev.cofferdam.review.people.Founders;
import dev.cofferdam.review.people.Invitations;
import dev.cofferdam.review.people.Owners;
import dev.cofferdam.review.people.StepUps;
import dev.cofferdam.review.routes.MassAssignment;
import dev.cofferdam.review.routes.Misplaced;
import dev.cofferdam.review.routes.OwnTenant;
import dev.cofferdam.review.routes.Traces;
import dev.cofferdam.review.secrets.Copies;
import dev.cofferdam.review.secrets.CutOffRotations;
import dev.cofferdam.review.secrets.Reads;
import dev.cofferdam.review.secrets.References;
import dev.cofferdam.review.secrets.StoreBounds;
import dev.cofferdam.review.secrets.Writes;
import java.util.List;
import java.util.stream.Stream;

/** Every attack there is, by family. */
final class Attacks {
  private Attacks() {}

  static List<Attack> all() {
    return Stream.of(
            Injections.all(),
            Tenants.all(),
            Bindings.all(),
            SharedPool.all(),
            Placements.all(),
            Functions.all(),
            Leftovers.all(),
            Oracles.all(),
            AtRest.all(),
            RootKeys.all(),
            Starts.all(),
            ForeignThings.all(),
            ForeignReads.all(),
            Outsiders.all(),
            HttpInjections.all(),
            ClosedTenants.all(),
            Requests.all(),
            LookAlikes.all(),
            NamedTenants.all(),
            Remembered.all(),
            Unowned.all(),
            Existence.all(),
            MassAssignment.all(),
            Misplaced.all(),
            OwnTenant.all(),
            Traces.all(),
            Operators.all(),
            Visits.all(),
            Rewritings.all(),
            Mirrors.all(),
            AppendOnly.all(),
            Operations.all(),
            SplitViews.all(),
            Losses.all(),
            Dumps.all(),
            Floods.all(),
            Erasure.all(),
            Outages.all(),
            Supply.all(),
            Drifts.all(),
            Invitations.all(),
            Founders.all(),
            Owners.all(),
            Deletions.all(),
            StepUps.all(),
            Endings.all(),
            Bodies.all(),
            Heads.all(),
            Names.all(),
            Answers.all(),
            Encryption.all(),
            Comparisons.all(),
            dev.cofferdam.review.edge.Floods.all(),
            Rooms.all(),
            CrossSite.all(),
            TwoTabs.all(),
            Siblings.all(),
            ForgedTokens.all(),
            LostKeys.all(),
            Guesses.all(),
            Unproven.all(),
            Tokens.all(),
            ClientGrants.all(),
            WiderScopes.all(),
            ExchangedKeys.all(),
            DevicePhishing.all(),
            DeviceTokens.all(),
            Introspections.all(),
            BoundTokens.all(),
            Addresses.all(),
            WeakSignIns.all(),
            OtherIssuers.all(),
            OwnProviders.all(),
            Exchanges.all(),
            Writes.all(),
            Reads.all(),
            References.all(),
            Copies.all(),
            StoreBounds.all(),
            Registrations.all(),
            FormerKeys.all(),
            NodesAsPeople.all(),
            Rotations.all(),
            CutOffRotations.all(),
            Destructions.all())
        .flatMap(List::stream)
        .toList();
  }
}
