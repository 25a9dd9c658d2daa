"""logos and languages: what partners show of themselves, and which language staff read."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('logos',
    sa.Column('traeger_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=32), nullable=False),
    sa.Column('image', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['traeger_id'], ['traeger.id'], name=op.f('fk_logos_traeger_id_traeger'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('traeger_id', name=op.f('pk_logos'))
    )
    op.create_index(op.f('ix_logos_digest'), 'logos', ['digest'])
    op.create_table('listing_changes',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_listing_changes_campaign_id_campaigns'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('campaign_id', 'version', name=op.f('pk_listing_changes'))
    )
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(length=2), nullable=True))
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('changed_fact', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('previous_starts_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('previous_ends_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('previous_start_time', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('previous_end_time', sa.Time(), nullable=True))
    with op.batch_alter_table('outbox_messages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_unasked', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_table('listing_changes')
    op.drop_table('logos')
    with op.batch_alter_table('outbox_messages', schema=None) as batch_op:
        batch_op.drop_column('is_unasked')
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_column('previous_end_time')
        batch_op.drop_column('previous_start_time')
        batch_op.drop_column('previous_ends_on')
        batch_op.drop_column('previous_starts_on')
        batch_op.drop_column('changed_fact')
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_column('language')
