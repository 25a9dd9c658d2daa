"""join: Träger sign themselves up and are reviewed, teams, partners, texts in other languages, a history."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

ROLE_FITS_SCOPE = (
    "(role IN ('owner', 'editor', 'reader', 'door')"
    " AND traeger_id IS NOT NULL AND verband_id IS NULL AND land IS NULL)"
    " OR (role = 'coordinator' AND traeger_id IS NULL AND (verband_id IS NULL) != (land IS NULL))"
    " OR (role = 'admin' AND traeger_id IS NULL AND verband_id IS NULL AND land IS NULL)"
)
ROLE_FITTED_SCOPE = (
    "(role IN ('owner', 'editor', 'reader') AND traeger_id IS NOT NULL AND verband_id IS NULL)"
    " OR (role = 'coordinator' AND verband_id IS NOT NULL AND traeger_id IS NULL)"
    " OR (role = 'admin' AND traeger_id IS NULL AND verband_id IS NULL)"
)


def upgrade() -> None:
    op.create_table('broadcasts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('verband_id', sa.Integer(), nullable=True),
    sa.Column('land', sa.String(length=2), nullable=True),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_broadcasts_created_by_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['verband_id'], ['verbaende.id'], name=op.f('fk_broadcasts_verband_id_verbaende'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_broadcasts')),
    sa.UniqueConstraint('nonce', name=op.f('uq_broadcasts_nonce'))
    )
    with op.batch_alter_table('broadcasts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_broadcasts_verband_id'), ['verband_id'], unique=False)

    op.create_table('team_invitations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('traeger_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('token_digest', sa.String(length=64), nullable=False),
    sa.Column('invited_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('owner', 'editor', 'reader', 'door')", name=op.f('ck_team_invitations_role_of_a_traeger')),
    sa.ForeignKeyConstraint(['invited_by'], ['users.id'], name=op.f('fk_team_invitations_invited_by_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['traeger_id'], ['traeger.id'], name=op.f('fk_team_invitations_traeger_id_traeger'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_invitations')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_team_invitations_token_digest'))
    )
    with op.batch_alter_table('team_invitations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_invitations_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_team_invitations_traeger_id'), ['traeger_id'], unique=False)

    op.create_table('traeger_programmes',
    sa.Column('traeger_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_traeger_programmes_programme_id_programmes')),
    sa.ForeignKeyConstraint(['traeger_id'], ['traeger.id'], name=op.f('fk_traeger_programmes_traeger_id_traeger'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('traeger_id', 'programme_id', name=op.f('pk_traeger_programmes'))
    )
    with op.batch_alter_table('traeger_programmes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_traeger_programmes_programme_id'), ['programme_id'], unique=False)

    op.create_table('event_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fact', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=32), nullable=True),
    sa.Column('before', sa.Text(), nullable=True),
    sa.Column('after', sa.Text(), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['changed_by'], ['users.id'], name=op.f('fk_event_changes_changed_by_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_changes_event_id_events'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_changes'))
    )
    with op.batch_alter_table('event_changes', schema=None) as batch_op:
        batch_op.create_index('ix_event_changes_event', ['event_id', 'changed_at'], unique=False)

    op.create_table('event_texts',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_texts_event_id_events'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'language', name=op.f('pk_event_texts'))
    )
    with op.batch_alter_table('event_hosts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('token_digest', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('shared_columns', sa.String(length=255), server_default='', nullable=False))
        batch_op.create_unique_constraint(batch_op.f('uq_event_hosts_token_digest'), ['token_digest'])

    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('wants_listing', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('review', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('escalated_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reviewed_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('return_reason', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('return_note', sa.String(length=500), nullable=True))
        batch_op.create_index('ix_events_review', ['review', 'submitted_at'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_events_reviewed_by_users'), 'users', ['reviewed_by'], ['id'], ondelete='SET NULL')

    op.execute("UPDATE events SET wants_listing = is_listed")
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.add_column(sa.Column('land', sa.String(length=2), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_memberships_role_fits_scope'), type_='check')
        batch_op.create_check_constraint('role_fits_scope', ROLE_FITS_SCOPE)

    with op.batch_alter_table('traeger', schema=None) as batch_op:
        batch_op.add_column(sa.Column('postcode', sa.String(length=5), nullable=True))
        batch_op.add_column(sa.Column('region', sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column('responsible_name', sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column('agreement_version', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('agreement_accepted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('agreement_accepted_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('review', sa.String(length=32), server_default='trusted', nullable=False))
        batch_op.add_column(sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('escalated_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reviewed_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('return_reason', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('return_note', sa.String(length=500), nullable=True))
        batch_op.create_index('ix_traeger_review', ['review', 'submitted_at'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_traeger_agreement_accepted_by_users'), 'users', ['agreement_accepted_by'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_traeger_reviewed_by_users'), 'users', ['reviewed_by'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE users SET verified_at = created_at")



def downgrade() -> None:
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_column('verified_at')

    with op.batch_alter_table('traeger', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_traeger_reviewed_by_users'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_traeger_agreement_accepted_by_users'), type_='foreignkey')
        batch_op.drop_index('ix_traeger_review')
        batch_op.drop_column('return_note')
        batch_op.drop_column('return_reason')
        batch_op.drop_column('reviewed_by')
        batch_op.drop_column('reviewed_at')
        batch_op.drop_column('escalated_at')
        batch_op.drop_column('submitted_at')
        batch_op.drop_column('review')
        batch_op.drop_column('agreement_accepted_by')
        batch_op.drop_column('agreement_accepted_at')
        batch_op.drop_column('agreement_version')
        batch_op.drop_column('responsible_name')
        batch_op.drop_column('region')
        batch_op.drop_column('postcode')

    op.execute("DELETE FROM memberships WHERE role = 'door' OR land IS NOT NULL")
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_memberships_role_fits_scope'), type_='check')
        batch_op.create_check_constraint('role_fits_scope', ROLE_FITTED_SCOPE)
        batch_op.drop_column('land')

    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_events_reviewed_by_users'), type_='foreignkey')
        batch_op.drop_index('ix_events_review')
        batch_op.drop_column('return_note')
        batch_op.drop_column('return_reason')
        batch_op.drop_column('reviewed_by')
        batch_op.drop_column('reviewed_at')
        batch_op.drop_column('escalated_at')
        batch_op.drop_column('submitted_at')
        batch_op.drop_column('review')
        batch_op.drop_column('wants_listing')

    with op.batch_alter_table('event_hosts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_event_hosts_token_digest'), type_='unique')
        batch_op.drop_column('shared_columns')
        batch_op.drop_column('asked_at')
        batch_op.drop_column('token_digest')

    op.drop_table('event_texts')
    with op.batch_alter_table('event_changes', schema=None) as batch_op:
        batch_op.drop_index('ix_event_changes_event')

    op.drop_table('event_changes')
    with op.batch_alter_table('traeger_programmes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_traeger_programmes_programme_id'))

    op.drop_table('traeger_programmes')
    with op.batch_alter_table('team_invitations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_team_invitations_traeger_id'))
        batch_op.drop_index(batch_op.f('ix_team_invitations_expires_at'))

    op.drop_table('team_invitations')
    with op.batch_alter_table('broadcasts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_broadcasts_verband_id'))

    op.drop_table('broadcasts')
