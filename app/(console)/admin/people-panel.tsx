import { LinkButton } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { listUsers, type UserView } from "@/lib/services/users/list-users";

/** How many people there are, and the way to them. */
export async function PeoplePanel({ actor }: { readonly actor: Actor }) {
  const people = await listUsers(actor, {});
  return (
    <Panel
      title="People"
      actions={
        <>
          <LinkButton href="/admin/displays">Wall boards</LinkButton>
          <LinkButton href="/admin/single-sign-on">Single sign-on</LinkButton>
          <LinkButton href="/admin/roles">Roles</LinkButton>
          <LinkButton href="/admin/people">People and their roles</LinkButton>
        </>
      }
    >
      <p>{countsText(people)}</p>
    </Panel>
  );
}

function countsText(people: readonly UserView[]): string {
  const disabled = people.filter(({ disabledAt }) => disabledAt).length;
  const invited = people.filter(({ disabledAt, joinedAt }) => !disabledAt && !joinedAt).length;
  return `${people.length - disabled - invited} active, ${invited} invited, ${disabled} disabled.`;
}
